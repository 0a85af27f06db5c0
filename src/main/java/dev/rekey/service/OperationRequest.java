package dev.rekey.service;

import dev.rekey.key.KeyId;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Kind;
import dev.rekey.operation.NetworkAccess;
import org.jspecify.annotations.Nullable;

/**
 * A person's or a platform's wish to have something done to a cluster.
 *
 * @param expectedKeyId the key version that the asker believes to be in use; another one declines
 *     the request. Null for whichever it is
 * @param targetKeyId the version to rotate to, null for the newest fit one; the version to turn KMS
 *     on with
 * @param networkAccess how the vault is to be reached; null for as it is, or public
 * @param vaultResourceId the vault's ARM id, for a private one; null where none is named
 * @param actor who asks: a person's or an application's name
 * @param reason why, in the asker's words; recorded
 * @param requestKey the same key again is the same request again
 */
public record OperationRequest(
    ClusterName cluster,
    Kind kind,
    @Nullable KeyId expectedKeyId,
    @Nullable KeyId targetKeyId,
    @Nullable NetworkAccess networkAccess,
    @Nullable String vaultResourceId,
    String actor,
    String reason,
    String requestKey) {

  /** What is wanted, without who wants it. */
  WantedChange wanted() {
    return new WantedChange(kind, expectedKeyId, targetKeyId, networkAccess, vaultResourceId);
  }
}
