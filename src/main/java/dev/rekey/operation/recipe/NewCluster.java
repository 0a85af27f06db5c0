package dev.rekey.operation.recipe;

import dev.rekey.operation.NetworkAccess;
import java.util.ArrayList;
import java.util.List;

/**
 * A cluster that is to be made, with its vault, key and identity. One that exists can be made.
 *
 * @param names what its parts are called
 * @param access how its API servers reach the vault
 * @param rights how the vault decides who may use the key
 * @param life how long versions of the key live
 */
public record NewCluster(Names names, NetworkAccess access, VaultRights rights, KeyLife life) {

  /**
   * Checks all of it.
   *
   * @throws InvalidRecipe with everything that is wrong
   */
  public NewCluster {
    List<Problem> problems = new ArrayList<>(names.problems());
    problems.addAll(life.problems());
    if (!problems.isEmpty()) {
      throw new InvalidRecipe(problems);
    }
  }

  boolean isPrivate() {
    return access == NetworkAccess.PRIVATE;
  }

  boolean usesRoles() {
    return rights == VaultRights.RBAC;
  }

  /** Whether its identity gets a role, which takes a while to spread. */
  boolean waitsForRoles() {
    return usesRoles() || isPrivate();
  }

  /** Such as {@code public vault, Azure RBAC}. */
  String title() {
    return (isPrivate() ? "private" : "public") + " vault, " + rights.words();
  }
}
