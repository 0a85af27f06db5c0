package dev.rekey.reencryption;

import java.time.Duration;

/**
 * How many requests a shard keeps in flight, within its share.
 *
 * <p>A request's time is work and way, which the least latency tells, and waiting. Of {@code limit}
 * requests in flight {@code limit × (1 − least / mean)} wait. An adaptive pace moves towards the
 * number at which as many wait as it allows itself, as FAST TCP does with packets: {@code limit ←
 * (limit + limit × least / mean + waiting) / 2} after each round. More in flight would hardly be
 * answered sooner, but whatever others ask would wait behind it. What the least is, a quiet round
 * tells, at the beginning and each thousand answers, since with many in flight every answer has
 * waited.
 *
 * <p>Both paces halve, at most once a round, where the API server says that it is too much; an
 * adaptive one also where latency rises sharply.
 *
 * @param share the most that is ever allowed, at least 1
 * @param pacing who decides
 * @param allowed what is allowed outside of quiet rounds, from 1 to share
 * @param cautious whether it was ever halved: from then on it grows by at most one a round
 * @param quiet whether this is a quiet round
 * @param untilQuiet answers until the next quiet round
 * @param inRound answers of this round
 * @param fromBefore answers still to come to what was sent under an earlier limit: they speak of
 *     that
 */
public record Pace(
    int share,
    Pacing pacing,
    double allowed,
    boolean cautious,
    boolean quiet,
    int untilQuiet,
    int inRound,
    int fromBefore,
    Latency latency) {

  /** So few don't wait for each other: an API server has two processors and more. */
  private static final int FEW = 2;

  /** A mean over fewer answers is noise. */
  private static final int LEAST_ROUND = 16;

  /** A quiet round of 16 answers costs some 2 % of the time that a thousand take. */
  private static final int BETWEEN_QUIET_ROUNDS = 1000;

  /** Of a share, one in eight may wait. See docs/benchmarks.md for what that costs others. */
  private static final double WAITING = 1 / 8.0;

  /**
   * A pace that keeps a number in flight.
   *
   * @param share the number
   */
  public static Pace fixed(int share) {
    return new Pace(share, Pacing.FIXED, share, false, false, 0, 0, 0, Latency.UNKNOWN);
  }

  /** A pace that begins low and finds its number. */
  public static Pace adaptive(int share) {
    int few = Math.min(share, FEW);
    return new Pace(share, Pacing.ADAPTIVE, few, false, true, 0, 0, 0, Latency.UNKNOWN);
  }

  /** How many may be in flight now, at least 1. */
  public int limit() {
    return quiet ? Math.min(FEW, (int) allowed) : (int) allowed;
  }

  /** The pace after one more answer. */
  public Pace after(PatchAnswer answer, Duration took) {
    boolean late = fromBefore > 0;
    if (answer instanceof PatchAnswer.Busy busy) {
      return busy.cause().isLoad() && !late ? halved() : answered(inRound, latency);
    }
    if (late) {
      return answered(inRound, latency);
    }
    Latency known = latency.with(took.toNanos() / 1e6);
    Pace pace = answered(inRound + 1, known);
    return pace.inRound >= Math.max(limit(), LEAST_ROUND) ? pace.nextRound() : pace;
  }

  private Pace nextRound() {
    if (pacing == Pacing.FIXED) {
      return round(bounded(allowed + 1), false, latency);
    }
    if (quiet) {
      return round(allowed, true, latency);
    }
    if (latency.risesSharply()) {
      return halved();
    }
    if (untilQuiet <= 0) {
      return new Pace(
          share, pacing, allowed, cautious, true, 0, 0, limit() - 1, latency.nextRound().anew());
    }
    double waiting = Math.max(1, share * WAITING);
    double towards = (allowed + allowed * latency.shareOfWork() + waiting) / 2;
    double next = cautious ? Math.min(towards, allowed + 1) : towards;
    return round(bounded(next), false, latency);
  }

  /** The next round, which is no quiet one. */
  private Pace round(double newAllowed, boolean afterQuiet, Latency known) {
    int until = afterQuiet ? BETWEEN_QUIET_ROUNDS : untilQuiet;
    return new Pace(
        share, pacing, newAllowed, cautious, false, until, 0, fromBefore, known.nextRound());
  }

  private Pace halved() {
    double half = bounded(allowed / 2);
    return new Pace(share, pacing, half, true, quiet, untilQuiet, 0, limit(), latency.nextRound());
  }

  private Pace answered(int answers, Latency known) {
    int stillToCome = Math.max(0, fromBefore - 1);
    return new Pace(
        share, pacing, allowed, cautious, quiet, untilQuiet - 1, answers, stillToCome, known);
  }

  private double bounded(double number) {
    return Math.max(1, Math.min(share, number));
  }
}
