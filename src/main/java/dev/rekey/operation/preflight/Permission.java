package dev.rekey.operation.preflight;

import java.util.List;

/**
 * One block of a role's permissions. What {@code notActions} takes away is only taken from the same
 * block: another block or role may give it all the same.
 *
 * @param actions what may be done to resources in ARM
 * @param notActions what is taken from these
 * @param dataActions what may be done with what resources hold
 * @param notDataActions what is taken from these
 */
public record Permission(
    List<ActionPattern> actions,
    List<ActionPattern> notActions,
    List<ActionPattern> dataActions,
    List<ActionPattern> notDataActions) {

  public Permission {
    actions = List.copyOf(actions);
    notActions = List.copyOf(notActions);
    dataActions = List.copyOf(dataActions);
    notDataActions = List.copyOf(notDataActions);
  }

  public boolean allows(String action) {
    return any(actions, action) && !any(notActions, action);
  }

  public boolean allowsWithContent(String dataAction) {
    return any(dataActions, dataAction) && !any(notDataActions, dataAction);
  }

  private static boolean any(List<ActionPattern> patterns, String action) {
    return patterns.stream().anyMatch(pattern -> pattern.holds(action));
  }
}
