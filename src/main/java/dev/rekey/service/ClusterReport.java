package dev.rekey.service;

import dev.rekey.key.KeptKey;
import dev.rekey.key.KeyId;
import dev.rekey.key.ProvedOn;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Mode;
import dev.rekey.operation.Operation;
import org.jspecify.annotations.Nullable;

/**
 * How a cluster stands, by a fresh look.
 *
 * @param mode how much Rekey does to it by itself
 * @param standing a stable token: {@code operation-active}, {@code rotation-due}, {@code proposed},
 *     or why there is nothing to do, or {@code not-looked-at} with the system that gave no answer
 * @param newest the version that it would be rotated to; null if there is none
 * @param active the operation under way; null if none is
 * @param kept the key version that must be kept though KMS is off; null if KMS is on, or nobody
 *     knows which it was
 * @param counted where its Secrets lay when they were last counted or proved; null if they never
 *     were
 * @param proved the last proof that every Secret lies under a key version; null if there is none
 */
public record ClusterReport(
    ManagedCluster cluster,
    Mode mode,
    String standing,
    @Nullable KeyId newest,
    @Nullable Operation active,
    @Nullable KeptKey kept,
    @Nullable CountReport counted,
    @Nullable ProvedOn proved) {}
