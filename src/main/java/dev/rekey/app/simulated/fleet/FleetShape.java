package dev.rekey.app.simulated.fleet;

import java.time.Duration;
import java.time.Instant;

/**
 * What a simulated fleet is like.
 *
 * @param clusters how many
 * @param days for how long it is played, the last ten of them quiet
 * @param seed the same one makes everything happen in the same way again
 */
public record FleetShape(int clusters, int days, long seed) {
  /** Ten quiet days at the end, and some before them. */
  public static final int LEAST_DAYS = 30;

  public static final int MOST_DAYS = 1_000;
  public static final int MOST_CLUSTERS = 500;

  static final Duration QUIET = Duration.ofDays(10);

  private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

  public FleetShape {
    boolean fits =
        clusters >= 1 && clusters <= MOST_CLUSTERS && days >= LEAST_DAYS && days <= MOST_DAYS;
    if (!fits) {
      throw new IllegalArgumentException("no fleet of " + clusters + " for " + days + " days");
    }
  }

  /** Eight for fifty clusters. */
  int keys() {
    return Math.min(clusters, Math.max(2, Math.round(clusters * 8 / 50f)));
  }

  Instant begin() {
    return BEGINNING;
  }

  Instant end() {
    return BEGINNING.plus(Duration.ofDays(days));
  }

  /** Nothing but the function app is at work from then on, and who looks after it. */
  Instant quietFrom() {
    return end().minus(QUIET);
  }
}
