package dev.rekey.reencryption;

import dev.rekey.key.KeyIdHash;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one API server's {@code /metrics} says about encryption at one instant. Counters count since
 * the process started.
 *
 * @param replica the {@code apiserver_id_hash} label: {@code sha256:} and the hash of the identity
 *     lease's name; of a server that doesn't tell it, since it has no encryption configuration, see
 *     {@link #unnamed}
 * @param processStart when this process started; another value means that all counters began anew
 * @param statusAt per key, when the KMS plugin last reported it ({@code
 *     key_id_hash_status_last_timestamp_seconds}). Which is newest means nothing: every configured
 *     provider is polled and a dropped one keeps its last sample
 * @param reads per key, stored values read ({@code key_id_hash_total}, {@code from_storage}); where
 *     encryption names no key, the prefix of stored values stands for it
 * @param writes per key, values written ({@code key_id_hash_total}, {@code to_storage}), likewise
 * @param lastWriteAt per key, when it was last written with ({@code
 *     key_id_hash_last_timestamp_seconds}, {@code to_storage})
 * @param plainReads Secrets read that were stored plain
 * @param plainWrites Secrets written plain
 * @param failedReads Secrets whose stored value could not be decrypted
 * @param configurationHash the encryption configuration in force; null if the server does not tell
 */
public record ReplicaSample(
    String replica,
    Instant processStart,
    Map<KeyIdHash, Instant> statusAt,
    Map<KeyIdHash, Long> reads,
    Map<KeyIdHash, Long> writes,
    Map<KeyIdHash, Instant> lastWriteAt,
    long plainReads,
    long plainWrites,
    long failedReads,
    @Nullable String configurationHash) {

  private static final String UNNAMED = "unnamed:";

  /**
   * What stands for the name of an API server that doesn't tell its own, as those without an
   * encryption configuration, and those before 1.34 without KMS v2: nothing tells two of them apart
   * but when their processes started.
   */
  public static String unnamed(Instant processStart) {
    return UNNAMED + processStart;
  }

  /** Whether a replica's name is such a one. */
  public static boolean isUnnamed(String replica) {
    return replica.startsWith(UNNAMED);
  }

  public ReplicaSample {
    // In the order given: that of Map.copyOf is another in each process, and no run could be
    // played again in the next.
    statusAt = Collections.unmodifiableMap(new LinkedHashMap<>(statusAt));
    reads = Collections.unmodifiableMap(new LinkedHashMap<>(reads));
    writes = Collections.unmodifiableMap(new LinkedHashMap<>(writes));
    lastWriteAt = Collections.unmodifiableMap(new LinkedHashMap<>(lastWriteAt));
  }

  /** Values written, under any key and plain. */
  long allWrites() {
    return writes.values().stream().mapToLong(Long::longValue).sum() + plainWrites;
  }

  /** Values written under a key, or plain ones. */
  long writesOf(KeyIdHash key) {
    return key.equals(KeyIdHash.PLAIN) ? plainWrites : writes.getOrDefault(key, 0L);
  }
}
