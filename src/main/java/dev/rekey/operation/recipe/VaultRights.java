package dev.rekey.operation.recipe;

/** How a vault decides who may use its keys. */
public enum VaultRights {
  /** By role assignments: {@code enableRbacAuthorization}. */
  RBAC("Azure RBAC"),
  /** By access policies in the vault itself. */
  POLICIES("access policies");

  private final String words;

  VaultRights(String words) {
    this.words = words;
  }

  /** For people. */
  String words() {
    return words;
  }
}
