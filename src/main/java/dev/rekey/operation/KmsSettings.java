package dev.rekey.operation;

import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster is told of KMS: {@code securityProfile.azureKeyVaultKms}.
 *
 * @param key the key version that new writes use; null if KMS is off
 * @param access how the API servers reach its vault
 * @param vaultResourceId the vault's ARM id, which AKS needs for a private vault; null where none
 *     is named
 */
public record KmsSettings(
    @Nullable KeyId key, NetworkAccess access, @Nullable String vaultResourceId) {

  /** KMS is off: what is written is stored plain. */
  public static final KmsSettings OFF = new KmsSettings(null, NetworkAccess.PUBLIC, null);

  /** A key in a vault that is reached over its public endpoint. */
  public static KmsSettings of(KeyId key) {
    return new KmsSettings(key, NetworkAccess.PUBLIC, null);
  }

  /** A key in a vault that is reached over a private endpoint. */
  public static KmsSettings ofPrivate(KeyId key, String vaultResourceId) {
    return new KmsSettings(key, NetworkAccess.PRIVATE, vaultResourceId);
  }

  /** Whether Secrets are encrypted. */
  public boolean isOn() {
    return key != null;
  }

  /** For people: off, or the key and how its vault is reached. */
  @Override
  public String toString() {
    return key == null ? "off" : key + " (" + access.token() + ")";
  }

  /** Whether both are on with a key in the same vault, which they reach in different ways. */
  public boolean reachesOtherwise(KmsSettings other) {
    return key != null
        && other.key != null
        && key.key().vaultHost().equals(other.key.key().vaultHost())
        && access != other.access;
  }

  /** What is written under these settings: the key's predicted hash, or plain. */
  public KeyIdHash hash() {
    return key == null ? KeyIdHash.PLAIN : KeyIdHash.predict(key);
  }

  /** The same vault and mode, and another key version of it. */
  public KmsSettings withKey(KeyId other) {
    return new KmsSettings(other, access, vaultResourceId);
  }
}
