package dev.rekey.reencryption;

/**
 * What has become of a number of Secrets. Promise S3: discovered = rewritten + current + deleted +
 * exceptions + remaining, per shard and in total, whatever is redelivered.
 *
 * @param discovered Secrets listed
 * @param rewritten Secrets whose resourceVersion moved since the list
 * @param current Secrets whose resourceVersion did not move
 * @param deleted Secrets that were gone
 * @param exceptions Secrets that could not be rewritten
 * @param looks patches that certainly read one of the other Secrets from etcd; a lower bound for
 *     the counters
 * @param exceptionLooks patches sent for the exceptions; an upper bound for the counters
 */
public record Tally(
    long discovered,
    long rewritten,
    long current,
    long deleted,
    long exceptions,
    long looks,
    long exceptionLooks) {

  public static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, 0);

  public Tally {
    if (discovered < rewritten + current + deleted + exceptions) {
      throw new IllegalArgumentException("more Secrets accounted for than discovered (promise S3)");
    }
  }

  public static Tally discovered(long count) {
    return new Tally(count, 0, 0, 0, 0, 0, 0);
  }

  /** Secrets that nothing has become of yet. */
  public long remaining() {
    return discovered - rewritten - current - deleted - exceptions;
  }

  /** In a proof: how often a Secret was found moved. Each such look led to another one. */
  public long moves() {
    return Math.max(0, looks - current);
  }

  /** Counts one more Secret that has come to its end. */
  public Tally plus(Fate fate, int looksAtIt) {
    boolean exception = fate == Fate.EXCEPTION;
    return new Tally(
        discovered,
        rewritten + (fate == Fate.REWRITTEN ? 1 : 0),
        current + (fate == Fate.CURRENT ? 1 : 0),
        deleted + (fate == Fate.DELETED ? 1 : 0),
        exceptions + (exception ? 1 : 0),
        looks + (exception ? 0 : looksAtIt),
        exceptionLooks + (exception ? looksAtIt : 0));
  }

  /**
   * What became of all Secrets of a rewrite, once its proof pass has told what became of the
   * exceptions: one that was in the way for a moment is none any more, and a Secret may have become
   * one since.
   *
   * @param moves how often the proof's rounds, voided ones too, found a Secret moved: so many of
   *     those that are no exceptions any more may have been rewritten by them
   */
  public Tally settledBy(Tally proof, long moves) {
    if (exceptions == proof.exceptions) {
      return this;
    }
    long all = proof.discovered + deleted;
    long gone = deleted + proof.deleted;
    long rest = all - gone - proof.exceptions;
    long noneAnyMore = Math.max(0, exceptions - proof.exceptions);
    long moved = Math.min(rewritten + Math.min(noneAnyMore, moves), rest);
    return new Tally(all, moved, rest - moved, gone, proof.exceptions, looks, exceptionLooks);
  }

  public Tally plus(Tally other) {
    return new Tally(
        discovered + other.discovered,
        rewritten + other.rewritten,
        current + other.current,
        deleted + other.deleted,
        exceptions + other.exceptions,
        looks + other.looks,
        exceptionLooks + other.exceptionLooks);
  }
}
