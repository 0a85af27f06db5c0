package dev.rekey.service;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Pauses between tries: each twice as long as the one before, up to the longest, and longer where
 * the other side asks for that.
 */
record Backoff(Duration first, Duration longest) {
  private static final int MOST_DOUBLINGS = 10;

  /**
   * @param times how many tries were in vain, this one included
   * @param asked how long the other side asks to wait; null if it doesn't say
   * @param most whatever it asks for
   */
  Duration after(int times, @Nullable Duration asked, Duration most) {
    Duration doubled = first.multipliedBy(1L << Math.min(times - 1, MOST_DOUBLINGS));
    Duration own = shorter(doubled, longest);
    Duration wanted = asked == null || asked.compareTo(own) < 0 ? own : asked;
    return shorter(wanted, most);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
