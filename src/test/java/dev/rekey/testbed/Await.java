package dev.rekey.testbed;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition by looking often, and says what was seen last when it never came. */
public final class Await {
  private static final long LOOK_EVERY_MILLIS = 50;

  private Await() {}

  public static void until(
      String what, Duration atMost, BooleanSupplier condition, Supplier<String> lastSeen) {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "%s: not within %s; last seen:%n%s".formatted(what, atMost, lastSeen.get()));
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_EVERY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting", e);
    }
  }
}
