package dev.rekey.reencryption;

import dev.rekey.key.KeyIdHash;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How many Secrets a round over all of them has found under each key: upper bounds while other
 * clients read.
 *
 * @param under by key, plain ones under {@link KeyIdHash#PLAIN}; zeros are left out
 * @param unknown Secrets that no API server could decrypt: they lie under a key that can't be told
 */
public record KeyCounts(Map<KeyIdHash, Long> under, long unknown) {

  public KeyCounts {
    under = new TreeMap<>(under);
    under.values().removeIf(count -> count == 0);
  }

  /** What a round that has ended came to; empty of one that hasn't, or that doesn't stand. */
  public static Optional<KeyCounts> of(Pass round) {
    return round.stands() ? round.growth().map(growth -> of(round, growth)) : Optional.empty();
  }

  private static KeyCounts of(Pass round, CounterGrowth growth) {
    Map<KeyIdHash, Long> under = new TreeMap<>(growth.reads());
    under.put(KeyIdHash.PLAIN, plain(round, growth));
    return new KeyCounts(under, round.exceptions().of(ExceptionReason.UNDECRYPTABLE));
  }

  /**
   * Plain ones. An API server without an encryption configuration names itself in no metric and
   * counts nothing, and plain is all that it can read: so what it was shown to read is plain.
   */
  public static long plain(Pass round, CounterGrowth growth) {
    PassOutcome outcome = round.outcome();
    boolean countsNothing =
        outcome != null
            && growth.allReads() == 0
            && !outcome.after().liveSamples().isEmpty()
            && outcome.after().liveSamples().keySet().stream().allMatch(ReplicaSample::isUnnamed);
    return countsNothing ? read(round) : growth.plainReads();
  }

  private static long read(Pass round) {
    Tally tally = round.tally();
    return tally.discovered() - tally.deleted() - round.exceptions().unread();
  }
}
