package dev.rekey.reencryption;

import java.time.Duration;

/**
 * How many requests a shard keeps in flight, within its share: grows by one for each round of good
 * answers, halves on a sign of load and on sharply rising latency, at most once per round.
 *
 * @param share the most that is ever allowed, at least 1
 * @param limit what is allowed now, from 1 to share
 * @param goodInRow good answers since the limit last changed
 * @param fromBefore answers still to come to what was sent before it was last halved: they speak of
 *     the old limit
 * @param usualMillis the latency of calm times, in milliseconds; 0 until known
 * @param recentMillis a moving average over about the last 32 answers, in milliseconds
 */
public record Pace(
    int share, int limit, int goodInRow, int fromBefore, double usualMillis, double recentMillis) {

  /** Latency is "sharply rising" from this multiple of the usual one on. */
  private static final double SHARP_RISE = 4.0;

  /** Below this many milliseconds a rise is noise. */
  private static final double FLOOR_MILLIS = 50.0;

  public static Pace of(int share) {
    return new Pace(share, share, 0, 0, 0, 0);
  }

  /** The pace after one more answer. */
  public Pace after(PatchAnswer answer, Duration took) {
    boolean load = answer instanceof PatchAnswer.Busy busy && busy.cause().isLoad();
    Pace measured = load ? answered() : measured(took.toNanos() / 1e6);
    return load || measured.isSlow() ? measured.slower() : measured.steadier();
  }

  private Pace measured(double millis) {
    double recent = recentMillis == 0 ? millis : recentMillis + (millis - recentMillis) / 32;
    double usual = usualMillis == 0 ? millis : Math.min(usualMillis * 1.001, recent);
    return new Pace(share, limit, goodInRow, Math.max(0, fromBefore - 1), usual, recent);
  }

  private boolean isSlow() {
    return recentMillis > FLOOR_MILLIS && recentMillis > SHARP_RISE * usualMillis;
  }

  private Pace answered() {
    int stillToCome = Math.max(0, fromBefore - 1);
    return new Pace(share, limit, goodInRow, stillToCome, usualMillis, recentMillis);
  }

  private Pace slower() {
    if (fromBefore > 0) {
      return new Pace(share, limit, 0, fromBefore, usualMillis, recentMillis);
    }
    return new Pace(share, Math.max(1, limit / 2), 0, limit, usualMillis, recentMillis);
  }

  private Pace steadier() {
    if (goodInRow + 1 < limit || limit == share) {
      return new Pace(share, limit, goodInRow + 1, fromBefore, usualMillis, recentMillis);
    }
    return new Pace(share, limit + 1, 0, fromBefore, usualMillis, recentMillis);
  }
}
