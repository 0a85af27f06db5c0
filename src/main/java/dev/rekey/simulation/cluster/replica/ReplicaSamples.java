package dev.rekey.simulation.cluster.replica;

import dev.rekey.key.KeyIdHash;
import dev.rekey.reencryption.ReplicaSample;
import dev.rekey.simulation.cluster.encryption.EncryptionMetrics;
import dev.rekey.simulation.cluster.encryption.KeyCounter;
import dev.rekey.simulation.cluster.encryption.TransformationLabels;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A process's metrics in the product's own words, as the Kubernetes adapter reads them from {@code
 * /metrics}.
 */
final class ReplicaSamples {
  private ReplicaSamples() {}

  static ReplicaSample of(IdentityLease lease, ServerProcess process) {
    EncryptionMetrics metrics = process.metrics();
    Map<KeyIdHash, Instant> statusAt = new LinkedHashMap<>();
    Map<KeyIdHash, Long> reads = new LinkedHashMap<>();
    Map<KeyIdHash, Long> writes = new LinkedHashMap<>();
    Map<KeyIdHash, Instant> lastWriteAt = new LinkedHashMap<>();
    metrics
        .keys()
        .forEach(
            (labels, counter) -> {
              KeyIdHash key = new KeyIdHash(labels.keyIdHash());
              latest(statusAt, key, counter.lastStatus());
              latest(lastWriteAt, key, counter.lastWrite());
              sum(reads, key, counter.reads());
              sum(writes, key, counter.writes());
            });
    metrics
        .ofKmsV1(TransformationLabels.FROM_STORAGE)
        .forEach((key, count) -> sum(reads, key, count));
    metrics
        .ofKmsV1(TransformationLabels.TO_STORAGE)
        .forEach((key, count) -> sum(writes, key, count));
    return new ReplicaSample(
        lease.idHash(),
        process.startedAt(),
        statusAt,
        reads,
        writes,
        lastWriteAt,
        metrics.plainReads(),
        metrics.plainWrites(),
        metrics.failedReads(),
        process.configuration().hash());
  }

  private static void latest(Map<KeyIdHash, Instant> all, KeyIdHash key, Instant when) {
    if (!when.equals(KeyCounter.NEVER)) {
      all.merge(key, when, (one, other) -> one.isAfter(other) ? one : other);
    }
  }

  private static void sum(Map<KeyIdHash, Long> all, KeyIdHash key, long count) {
    if (count > 0) {
      all.merge(key, count, Long::sum);
    }
  }
}
