package dev.rekey.simulation.cluster.encryption;

import dev.rekey.key.KeyIdHash;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The counters of one API server process. They begin anew with the process, and outlive a change of
 * configuration: a dropped key keeps its last samples.
 */
public final class EncryptionMetrics {
  private final Map<KeyLabels, KeyCounter> keys = new TreeMap<>();
  private final Map<TransformationLabels, Long> transformations = new TreeMap<>();

  /** Per provider and key id. */
  public Map<KeyLabels, KeyCounter> keys() {
    return Collections.unmodifiableMap(keys);
  }

  /** Per direction, prefix and status. */
  public Map<TransformationLabels, Long> transformations() {
    return Collections.unmodifiableMap(transformations);
  }

  public long plainReads() {
    return transformations.getOrDefault(TransformationLabels.read("identity"), 0L);
  }

  public long plainWrites() {
    return transformations.getOrDefault(TransformationLabels.written(""), 0L);
  }

  public long failedReads() {
    return transformations.entrySet().stream()
        .filter(each -> each.getKey().isFailedRead())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /**
   * What was read from or written to KMS v1, by the prefix of its values.
   *
   * @param type one of the two types of {@link TransformationLabels}
   */
  public Map<KeyIdHash, Long> ofKmsV1(String type) {
    Map<KeyIdHash, Long> counts = new TreeMap<>();
    transformations.forEach(
        (labels, count) -> {
          if (labels.isOfKmsV1(type)) {
            counts.put(new KeyIdHash(labels.prefix()), count);
          }
        });
    return counts;
  }

  void add(TransformationLabels labels) {
    transformations.merge(labels, 1L, Long::sum);
  }

  void read(String provider, KeyIdHash key, Instant now) {
    counter(provider, key).read(now);
  }

  void written(String provider, KeyIdHash key, Instant now) {
    counter(provider, key).written(now);
  }

  void reported(String provider, KeyIdHash key, Instant now) {
    counter(provider, key).reported(now);
  }

  private KeyCounter counter(String provider, KeyIdHash key) {
    return keys.computeIfAbsent(new KeyLabels(provider, key.label()), labels -> new KeyCounter());
  }
}
