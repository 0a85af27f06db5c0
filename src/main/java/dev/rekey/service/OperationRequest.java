package dev.rekey.service;

import dev.rekey.key.KeyId;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.NetworkAccess;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import java.util.List;
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
 * @param origin who asks, by which way and why; the same request key again is the same request
 *     again
 */
public record OperationRequest(
    ClusterName cluster,
    Kind kind,
    @Nullable KeyId expectedKeyId,
    @Nullable KeyId targetKeyId,
    @Nullable NetworkAccess networkAccess,
    @Nullable String vaultResourceId,
    Origin origin) {

  /** Whether an operation does what is asked for, whoever asked for it and why. */
  public boolean isServedBy(Operation operation) {
    List<KmsSettings> stops = operation.route().stops();
    if (kind != operation.kind() || stops.isEmpty()) {
      return false;
    }
    KmsSettings first = stops.get(0);
    KmsSettings last = stops.get(stops.size() - 1);
    return isUnsaidOr(targetKeyId, last.key())
        && isUnsaidOr(expectedKeyId, first.key())
        && isUnsaidOr(networkAccess, last.access());
  }

  private static boolean isUnsaidOr(@Nullable Object said, @Nullable Object is) {
    return said == null || said.equals(is);
  }
}
