package dev.rekey.reencryption;

import dev.rekey.key.KeyIdHash;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the counters said of the Secrets in a scope: how many of them lie elsewhere than under the
 * key that they should lie under. Others who read at the same time can only add to the counters, so
 * the counts are upper bounds, and zero is certain. What was read beyond one read for each Secret
 * looked at was read by others: what remains without it is certain too.
 *
 * @param secrets Secrets that were looked at
 * @param foreign at most how many lie under each other key, by the key's label, plain ones too;
 *     zeros are left out
 * @param certain at least how many lie elsewhere, all keys together
 */
public record Reading(long secrets, Map<String, Long> foreign, long certain) {
  public Reading {
    foreign = new TreeMap<>(foreign);
  }

  /**
   * What a count came to.
   *
   * @param home the label of the key that all should lie under
   */
  static Reading of(Pass count, String home) {
    CounterGrowth growth = count.growth().orElseThrow();
    Map<String, Long> foreign = counts(growth);
    foreign.remove(home);
    long atMost = foreign.values().stream().mapToLong(Long::longValue).sum();
    return new Reading(read(count), foreign, Math.max(0, atMost - readByOthers(count)));
  }

  /** Reads by key and of plain values; unreadable ones are known by name anyway. */
  static Map<String, Long> counts(CounterGrowth growth) {
    Map<String, Long> counts = new TreeMap<>();
    for (Map.Entry<KeyIdHash, Long> one : growth.reads().entrySet()) {
      counts.put(one.getKey().label(), one.getValue());
    }
    return counts;
  }

  /**
   * How many values were read during a count beyond one for each of its Secrets: by how much its
   * counts are too high at most, all keys together.
   */
  public static long readByOthers(Pass count) {
    long all =
        count.growth().map(Reading::counts).orElse(Map.of()).values().stream()
            .mapToLong(Long::longValue)
            .sum();
    return Math.max(0, all - read(count));
  }

  /** The Secrets of a pass that an API server certainly read. */
  private static long read(Pass pass) {
    Tally tally = pass.tally();
    long unread = pass.exceptions().unread();
    return tally.discovered() - tally.deleted() - unread;
  }

  /** At most how many lie elsewhere, all keys together. */
  long atMost() {
    return foreign.values().stream().mapToLong(Long::longValue).sum();
  }

  /** What two readings of the same Secrets say together: the lowest of the upper bounds. */
  Reading and(Reading other) {
    Map<String, Long> lowest = new TreeMap<>();
    foreign.forEach((key, count) -> lowest.put(key, lower(count, other.foreign.get(key))));
    lowest.values().removeIf(count -> count == 0);
    return new Reading(other.secrets, lowest, Math.max(certain, other.certain));
  }

  private static long lower(long one, @Nullable Long other) {
    return other == null ? 0 : Math.min(one, other);
  }
}
