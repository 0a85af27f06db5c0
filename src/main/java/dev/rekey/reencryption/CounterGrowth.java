package dev.rekey.reencryption;

import dev.rekey.key.KeyIdHash;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * By how much the counters of all live replicas grew between two scrapes.
 *
 * @param reads stored values read, per key; plain ones under {@link KeyIdHash#PLAIN}
 * @param writes values written, per key; plain ones likewise
 * @param failedReads Secrets whose stored value could not be decrypted
 * @param gap why the growth isn't known for the whole time; null if it is
 */
public record CounterGrowth(
    Map<KeyIdHash, Long> reads, Map<KeyIdHash, Long> writes, long failedReads, @Nullable Gap gap) {

  /** Why counters do not speak for the whole time between two scrapes. */
  public enum Gap {
    /** A live replica wasn't sampled before or afterwards. */
    REPLICA_MISSED,
    /** A replica has restarted, so its counters began anew. */
    REPLICA_RESTARTED
  }

  /**
   * The growth from one scrape to another. A replica that started in between counts from zero; one
   * that was only missed before doesn't count, since its counters may be old.
   */
  public static CounterGrowth between(Scrape before, Scrape after) {
    Sum sum = new Sum();
    if (!before.isComplete() || !after.isComplete()) {
      sum.gap = Gap.REPLICA_MISSED;
    }
    after
        .samples() // a server whose lease is late may still have answered
        .forEach((replica, now) -> sum.add(before.samples().get(replica), now, before.at()));
    if (!after.samples().keySet().containsAll(before.live())) {
      sum.gap = Gap.REPLICA_MISSED;
    }
    return sum.growth();
  }

  /** The growth of one replica. */
  public static CounterGrowth between(ReplicaSample before, ReplicaSample after) {
    Sum sum = new Sum();
    sum.add(before, after, Instant.MAX);
    return sum.growth();
  }

  public long readsOf(KeyIdHash target) {
    return reads.getOrDefault(target, 0L);
  }

  /** Reads of plain Secrets. */
  public long plainReads() {
    return readsOf(KeyIdHash.PLAIN);
  }

  /**
   * Reads of values that do not lie under the target: of other keys, plain ones unless plain is the
   * target, and unreadable ones.
   */
  public long foreignReads(KeyIdHash target) {
    return allReads() - readsOf(target);
  }

  /** All reads: under any key, of plain values and of unreadable ones. */
  public long allReads() {
    return reads.values().stream().mapToLong(Long::longValue).sum() + failedReads;
  }

  /** Writes under another key than the target, and plain ones unless plain is the target. */
  public long foreignWrites(KeyIdHash target) {
    long all = writes.values().stream().mapToLong(Long::longValue).sum();
    return all - writes.getOrDefault(target, 0L);
  }

  private static final class Sum {
    private final Map<KeyIdHash, Long> reads = new TreeMap<>();
    private final Map<KeyIdHash, Long> writes = new TreeMap<>();
    private long failedReads;
    private @Nullable Gap gap;

    void add(@Nullable ReplicaSample before, ReplicaSample after, Instant begun) {
      boolean same = before != null && before.processStart().equals(after.processStart());
      if (!same && gap == null) {
        gap = before == null ? Gap.REPLICA_MISSED : Gap.REPLICA_RESTARTED;
      }
      if (before == null && after.processStart().isBefore(begun)) {
        return;
      }
      @Nullable ReplicaSample base = same ? before : null;
      addGrowth(reads, base == null ? Map.of() : base.reads(), after.reads());
      addGrowth(writes, base == null ? Map.of() : base.writes(), after.writes());
      addPlain(reads, after.plainReads() - (base == null ? 0 : base.plainReads()));
      addPlain(writes, after.plainWrites() - (base == null ? 0 : base.plainWrites()));
      failedReads += after.failedReads() - (base == null ? 0 : base.failedReads());
    }

    private static void addGrowth(
        Map<KeyIdHash, Long> sum, Map<KeyIdHash, Long> before, Map<KeyIdHash, Long> after) {
      after.forEach(
          (hash, count) -> {
            long grown = count - before.getOrDefault(hash, 0L);
            if (grown != 0) {
              sum.merge(hash, grown, Long::sum);
            }
          });
    }

    private static void addPlain(Map<KeyIdHash, Long> sum, long grown) {
      if (grown != 0) {
        sum.merge(KeyIdHash.PLAIN, grown, Long::sum);
      }
    }

    CounterGrowth growth() {
      return new CounterGrowth(reads, writes, failedReads, gap);
    }
  }
}
