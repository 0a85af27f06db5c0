package dev.rekey.reencryption;

import dev.rekey.key.KeyIdHash;
import org.jspecify.annotations.Nullable;

/** What the counters of all replicas, read before and after a pass, make of the pass. */
public enum PassVerdict {
  /** The pass stands. For a proof: nothing but named exceptions was read under another key. */
  STANDS,
  /**
   * Something was written under another key, or plain, in between: a replica lags or was moved
   * back.
   */
  FOREIGN_WRITES,
  /** More was read under other keys than the exceptions explain. */
  FOREIGN_READS,
  /** Fewer reads of the target than looks at Secrets: the counters don't speak for all of them. */
  TOO_FEW_READS,
  /** A replica restarted, so its counters lost what came before. */
  REPLICA_RESTARTED,
  /** A live replica was not sampled. */
  REPLICA_MISSED,

  /** A replica that lives now was not shown to write with the target by this process of it. */
  WRITER_NOT_SHOWN,
  /** Not every Secret that was listed has come to its end. */
  INCOMPLETE;

  /**
   * Judges a pass by its scrapes and tallies. A write pass only has to know that nothing was
   * written under another key: what it leaves behind, the proof pass finds.
   *
   * @param undecryptable whether a Secret was met that can't be decrypted, by name or in a list
   */
  static PassVerdict of(Pass pass, Scrape after, Tally tally, boolean undecryptable) {
    if (tally.remaining() != 0 || tally.discovered() != pass.discovered()) {
      return INCOMPLETE;
    }
    Scrape before = pass.before();
    if (before == null) {
      return REPLICA_MISSED;
    }
    boolean writersMatter = pass.kind() == PassKind.PROOF || !pass.shown().isEmpty();
    if (writersMatter && pass.discovered() > 0 && pass.writers().anyWroteElse(after)) {
      return FOREIGN_WRITES;
    }
    CounterGrowth growth = CounterGrowth.between(before, after);
    boolean looksAlone = undecryptable && after.haveLoadedTheSame();
    PassVerdict verdict = of(pass.kind(), pass.target(), growth, tally, looksAlone);
    boolean mustBeShown = writersMatter && !pass.kind().rewrites() && pass.discovered() > 0;
    return verdict == STANDS && mustBeShown && !pass.writers().areStill(after)
        ? WRITER_NOT_SHOWN
        : verdict;
  }

  /**
   * What the counters make of a pass.
   *
   * @param target the key that all is to lie under; null where none is expected (a census)
   * @param undecryptable whether a Secret was met that can't be decrypted
   */
  static PassVerdict of(
      PassKind kind,
      @Nullable KeyIdHash target,
      CounterGrowth growth,
      Tally tally,
      boolean undecryptable) {
    if (!kind.isDry() && target != null && growth.foreignWrites(target) > 0) {
      return FOREIGN_WRITES;
    }
    if (kind.rewrites()) {
      return STANDS;
    }
    if (growth.gap() != null) {
      return growth.gap() == CounterGrowth.Gap.REPLICA_MISSED ? REPLICA_MISSED : REPLICA_RESTARTED;
    }
    return kind.isDry() || target == null ? STANDS : ofProof(target, growth, tally, undecryptable);
  }

  /**
   * An API server whose own cache fails on a Secret that it can't decrypt reads all Secrets anew,
   * again and again, those that are exceptions too. How many of its reads are foreign says nothing
   * then: the Secrets that were looked at are proved by their looks, and the exceptions stay
   * unproved ({@link Pass#provesExceptions}). Only where no server has loaded another configuration
   * than the others: to one that writes with an earlier key what lies under that is current.
   */
  private static PassVerdict ofProof(
      KeyIdHash target, CounterGrowth growth, Tally tally, boolean undecryptable) {
    boolean serverReadsAgainAndAgain = undecryptable && growth.failedReads() > 0;
    if (!serverReadsAgainAndAgain && growth.foreignReads(target) > tally.exceptionLooks()) {
      return FOREIGN_READS;
    }
    return growth.readsOf(target) < tally.looks() ? TOO_FEW_READS : STANDS;
  }
}
