package dev.rekey.reencryption;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one dry-run empty patch of each Secret has found: what stands in the way of rewriting it.
 *
 * @param secrets Secrets that were listed; a namespace that can't be listed to its end counts as
 *     one
 * @param looked those that a dry run came to an end with
 * @param found what stands in the way, by reason
 */
public record DryScan(long secrets, long looked, Map<ExceptionReason, Some> found) {
  public static final DryScan NONE = new DryScan(0, 0, Map.of());

  /** A person sees by a few what the others are like. */
  private static final int FEW = 5;

  /**
   * Those of one reason.
   *
   * @param few the first of them
   */
  public record Some(long count, List<SecretException> few) {
    public Some {
      few = List.copyOf(few);
    }

    Some and(SecretException other) {
      if (few.size() == FEW) {
        return new Some(count + 1, few);
      }
      List<SecretException> more = new ArrayList<>(few);
      more.add(other);
      return new Some(count + 1, more);
    }
  }

  public DryScan {
    found = Collections.unmodifiableMap(new TreeMap<>(found));
  }

  /** With a shard that has been looked at, as far as there was time. */
  public DryScan plus(Shard shard) {
    Map<ExceptionReason, Some> all = new TreeMap<>(found);
    for (SecretException each : shard.exceptions()) {
      Some before = all.getOrDefault(each.reason(), new Some(0, List.of()));
      all.put(each.reason(), before.and(each));
    }
    Tally tally = shard.tally();
    return new DryScan(
        secrets + tally.discovered(), looked + tally.discovered() - tally.remaining(), all);
  }

  /** Whether every Secret was looked at. */
  public boolean isWhole() {
    return looked == secrets;
  }

  /** How many would not be rewritten. */
  public long inTheWay() {
    return count(true);
  }

  /** How many a dry run can't tell of. */
  public long untold() {
    return count(false);
  }

  private long count(boolean told) {
    return found.entrySet().stream()
        .filter(entry -> entry.getKey().isToldByDryRun() == told)
        .mapToLong(entry -> entry.getValue().count())
        .sum();
  }
}
