package dev.rekey.simulation.azure;

/** A right on the vault's keys that an identity has or lacks. */
public enum VaultRight {
  /** Rekey's, to list versions. */
  READ("Microsoft.KeyVault/vaults/keys/read", ""),
  /** The cluster's, to wrap data keys. */
  ENCRYPT("Microsoft.KeyVault/vaults/keys/encrypt/action", "encrypt"),
  /** The cluster's, to unwrap data keys. */
  DECRYPT("Microsoft.KeyVault/vaults/keys/decrypt/action", "decrypt");

  private final String action;
  private final String operation;

  VaultRight(String action, String operation) {
    this.action = action;
    this.operation = operation;
  }

  /** The operation that a key version must permit as well; empty if none. */
  String operation() {
    return operation;
  }

  /** Azure's name for it. */
  public String action() {
    return action;
  }
}
