package dev.rekey.key;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How near a key version's expiry is, in the steps in which it is told. The token is stable: users
 * see it and alerts match it.
 */
public enum NearExpiry {
  WITHIN_1_DAY(1, "within-1-day"),
  WITHIN_3_DAYS(3, "within-3-days"),
  WITHIN_7_DAYS(7, "within-7-days"),
  WITHIN_14_DAYS(14, "within-14-days"),
  WITHIN_30_DAYS(30, "within-30-days");

  private final Duration before;
  private final String token;

  NearExpiry(int days, String token) {
    this.before = Duration.ofDays(days);
    this.token = token;
  }

  public String token() {
    return token;
  }

  /** The narrowest that an expiry lies in; empty if it is further away. */
  public static Optional<NearExpiry> of(Instant expires, Instant now) {
    for (NearExpiry step : values()) {
      if (!now.plus(step.before).isBefore(expires)) {
        return Optional.of(step);
      }
    }
    return Optional.empty();
  }
}
