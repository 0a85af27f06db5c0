package dev.rekey.app.commandline;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Waiting until an instant: on the wall clock, or by moving a virtual one. */
public interface Pause {

  void until(Instant instant) throws InterruptedException;

  /** Sleeps. */
  static Pause onClock(InstantSource clock) {
    return instant -> {
      Duration left = Duration.between(clock.instant(), instant);
      if (left.compareTo(Duration.ZERO) > 0) {
        Thread.sleep(left.toMillis() + 1);
      }
    };
  }
}
