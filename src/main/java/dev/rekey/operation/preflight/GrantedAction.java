package dev.rekey.operation.preflight;

import java.util.List;
import java.util.function.Predicate;

/** Whether role assignments give an action on a resource. */
final class GrantedAction {
  /** How sure that is. */
  enum Given {
    YES,
    NO,
    /** Only a role that holds on a condition, or that could not be read, may give it. */
    PERHAPS
  }

  private final Predicate<Permission> allowed;

  private GrantedAction(Predicate<Permission> allowed) {
    this.allowed = allowed;
  }

  /** On a resource itself. */
  static GrantedAction inArm(String action) {
    return new GrantedAction(permission -> permission.allows(action));
  }

  /** On what it holds, such as a vault's keys. */
  static GrantedAction onContent(String dataAction) {
    return new GrantedAction(permission -> permission.allowsWithContent(dataAction));
  }

  Given by(List<RoleGrant> grants, String resourceId) {
    Given given = Given.NO;
    for (RoleGrant grant : grants) {
      if (!grant.covers(resourceId)) {
        continue;
      }
      Given here = by(grant);
      if (here == Given.YES) {
        return Given.YES;
      }
      given = here == Given.PERHAPS ? here : given;
    }
    return given;
  }

  private Given by(RoleGrant grant) {
    if (!(grant.permissions() instanceof Reading.Read<List<Permission>> read)) {
      return Given.PERHAPS;
    }
    if (read.value().stream().noneMatch(allowed)) {
      return Given.NO;
    }
    return grant.conditional() ? Given.PERHAPS : Given.YES;
  }
}
