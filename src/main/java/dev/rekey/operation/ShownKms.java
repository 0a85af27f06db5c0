package dev.rekey.operation;

import org.jspecify.annotations.Nullable;

/**
 * What ARM shows of KMS on a cluster, text by text: whoever may write a cluster may have written
 * anything.
 *
 * @param enabled whether it is on; absent is off
 * @param keyId the {@code keyId}, as it stands there; AKS may leave it there when KMS is off. Null
 *     if there is none
 * @param networkAccess the {@code keyVaultNetworkAccess}; null if there is none
 * @param vaultResourceId the vault's ARM id; null or empty if there is none
 */
public record ShownKms(
    boolean enabled,
    @Nullable String keyId,
    @Nullable String networkAccess,
    @Nullable String vaultResourceId) {

  /** KMS is off, and nothing is said. */
  public static final ShownKms OFF = new ShownKms(false, null, null, null);

  /** On, with this key in a vault that is reached over its public endpoint. */
  public static ShownKms on(@Nullable String keyId) {
    return new ShownKms(true, keyId, NetworkAccess.PUBLIC.token(), "");
  }

  /** How the vault is reached; public where nothing that AKS knows is said. */
  public NetworkAccess access() {
    return NetworkAccess.of(networkAccess).orElse(NetworkAccess.PUBLIC);
  }

  /** Whether these are the settings. A vault ignores case in host, name and version. */
  public boolean isAt(KmsSettings settings) {
    if (settings.key() == null || !enabled) {
      return settings.key() == null && !enabled;
    }
    return settings.key().url().equalsIgnoreCase(keyId)
        && settings.access() == access()
        && (access() == NetworkAccess.PUBLIC || isInVault(settings.vaultResourceId()));
  }

  private boolean isInVault(@Nullable String resourceId) {
    return resourceId != null && resourceId.equalsIgnoreCase(vaultResourceId);
  }

  /** For people: off, or the key and how its vault is reached. */
  @Override
  public String toString() {
    return enabled ? keyId + " (" + access().token() + ")" : "off";
  }
}
