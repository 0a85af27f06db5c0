package dev.rekey.service;

import dev.rekey.key.KeyId;
import dev.rekey.operation.ClusterName;
import org.jspecify.annotations.Nullable;

/**
 * A person's or a platform's wish to rotate a cluster.
 *
 * @param expectedKeyId the key version that the asker believes to be in use; another one declines
 *     the request. Null for whichever it is
 * @param targetKeyId the version to rotate to; null for the newest fit one
 * @param actor who asks: a person's or an application's name
 * @param reason why, in the asker's words; recorded
 * @param requestKey the same key again is the same request again
 */
public record RotationRequest(
    ClusterName cluster,
    @Nullable KeyId expectedKeyId,
    @Nullable KeyId targetKeyId,
    String actor,
    String reason,
    String requestKey) {}
