package dev.rekey.aks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.operation.preflight.ActionPattern;
import dev.rekey.operation.preflight.Permission;
import java.util.ArrayList;
import java.util.List;

/** The permissions of a role, or of whoever asks. */
final class PermissionView {
  private PermissionView() {}

  /**
   * Reads a list of permissions. Blocks that hold on a condition are left out: whether it is met
   * only Azure can judge.
   *
   * @throws dev.rekey.service.port.OutsideFault with {@code MALFORMED} if one can't be understood:
   *     without what is taken from it, a block would hold too much
   */
  static List<Permission> all(String doing, JsonNode list) {
    if (!list.isArray()) {
      throw ArmFaults.malformed(doing, "it shows no permissions");
    }
    List<Permission> found = new ArrayList<>();
    for (JsonNode each : list) {
      Permission permission = one(doing, each);
      if (StrictMember.isAbsent(each.path("condition"))) {
        found.add(permission);
      }
    }
    return found;
  }

  static Permission one(String doing, JsonNode block) {
    return new Permission(
        patterns(doing, block, "actions", "notActions"),
        patterns(doing, block, "notActions", "notActions"),
        patterns(doing, block, "dataActions", "notDataActions"),
        patterns(doing, block, "notDataActions", "notDataActions"));
  }

  /** Where a member may be left out, so may what is taken from it, but never that alone. */
  private static List<ActionPattern> patterns(
      String doing, JsonNode block, String member, String taken) {
    boolean whole = StrictMember.isAbsent(block.path(member)) || block.path(taken).isArray();
    boolean none = StrictMember.isAbsent(block.path(member));
    List<String> texts =
        none ? List.of() : StrictMember.texts(block.path(member), StrictMember.ACTION);
    if (!block.isObject() || !whole || texts == null) {
      throw ArmFaults.malformed(doing, "it shows a permission that can't be understood");
    }
    return texts.stream().map(ActionPattern::new).toList();
  }
}
