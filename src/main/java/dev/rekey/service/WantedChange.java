package dev.rekey.service;

import dev.rekey.key.KeyId;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KubernetesVersion;
import dev.rekey.operation.NetworkAccess;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to have done to a cluster, whoever it is.
 *
 * @param expectedKeyId the key version that the asker believes to be in use; null for whichever it
 *     is
 * @param targetKeyId the version to rotate to, null for the newest fit one; the version to turn KMS
 *     on with
 * @param networkAccess how the vault is to be reached; null for as it is, or public
 * @param vaultResourceId the vault's ARM id, for a private one; null where none is named
 * @param upgradeTo the Kubernetes that Rekey is to upgrade the cluster to, where a migration comes
 *     to that; null to leave it to a person
 */
public record WantedChange(
    Kind kind,
    @Nullable KeyId expectedKeyId,
    @Nullable KeyId targetKeyId,
    @Nullable NetworkAccess networkAccess,
    @Nullable String vaultResourceId,
    @Nullable KubernetesVersion upgradeTo) {

  /** Without an upgrade. */
  public WantedChange(
      Kind kind,
      @Nullable KeyId expectedKeyId,
      @Nullable KeyId targetKeyId,
      @Nullable NetworkAccess networkAccess,
      @Nullable String vaultResourceId) {
    this(kind, expectedKeyId, targetKeyId, networkAccess, vaultResourceId, null);
  }
}
