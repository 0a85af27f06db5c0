package dev.rekey.reencryption;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * How many exceptions a pass has met, by reason. Which Secrets they are stays with the shards: a
 * cluster may have more of them than an operation's record can name.
 */
public record ExceptionCounts(Map<ExceptionReason, Long> byReason) {

  public static final ExceptionCounts NONE = new ExceptionCounts(Map.of());

  public ExceptionCounts {
    byReason = Collections.unmodifiableMap(new TreeMap<>(byReason));
  }

  public static ExceptionCounts of(List<SecretException> exceptions) {
    return NONE.plus(exceptions);
  }

  public ExceptionCounts plus(List<SecretException> more) {
    Map<ExceptionReason, Long> sum = new TreeMap<>(byReason);
    more.forEach(one -> sum.merge(one.reason(), 1L, Long::sum));
    return new ExceptionCounts(sum);
  }

  public long of(ExceptionReason reason) {
    return byReason.getOrDefault(reason, 0L);
  }

  /** Those whose stored object the API servers' counters do not speak for. */
  public long unread() {
    return count(reason -> !reason.wasRead());
  }

  /** Whether one comes of a stored object that an API server can't decrypt. */
  boolean isAnyOfDecryption() {
    return count(ExceptionReason::isOfDecryption) > 0;
  }

  private long count(Predicate<ExceptionReason> which) {
    return byReason.entrySet().stream()
        .filter(entry -> which.test(entry.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
