package dev.rekey.simulation.azure;

/** A right on the vault's keys that an identity has or lacks. */
public enum VaultRight {
  /** Rekey's, to list versions. */
  READ("Microsoft.KeyVault/vaults/keys/read", "Key Vault Reader", ""),
  /** Rekey's, to see when the vault itself acts on a key. */
  READ_POLICY("Microsoft.KeyVault/vaults/keyrotationpolicies/read", "Key Vault Crypto Officer", ""),
  /** Rekey's, to make a new version. */
  ROTATE("Microsoft.KeyVault/vaults/keys/rotate/action", "Key Vault Crypto Officer", ""),
  /** Rekey's, to enable a version and to move its expiry. */
  UPDATE("Microsoft.KeyVault/vaults/keys/update/action", "Key Vault Crypto Officer", ""),
  /** The cluster's, to wrap data keys. */
  ENCRYPT("Microsoft.KeyVault/vaults/keys/encrypt/action", "Key Vault Crypto User", "encrypt"),
  /** The cluster's, to unwrap data keys. */
  DECRYPT("Microsoft.KeyVault/vaults/keys/decrypt/action", "Key Vault Crypto User", "decrypt");

  private final String action;
  private final String role;
  private final String operation;

  VaultRight(String action, String role, String operation) {
    this.action = action;
    this.role = role;
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

  /** A built-in role that holds it. */
  public String role() {
    return role;
  }
}
