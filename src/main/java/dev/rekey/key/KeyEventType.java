package dev.rekey.key;

/** The events of Key Vault that concern key versions. */
public enum KeyEventType {
  NEW_VERSION_CREATED("Microsoft.KeyVault.KeyNewVersionCreated"),
  NEAR_EXPIRY("Microsoft.KeyVault.KeyNearExpiry"),
  EXPIRED("Microsoft.KeyVault.KeyExpired");

  private final String name;

  KeyEventType(String name) {
    this.name = name;
  }

  /** Key Vault's own name for it. */
  public String eventGridName() {
    return name;
  }
}
