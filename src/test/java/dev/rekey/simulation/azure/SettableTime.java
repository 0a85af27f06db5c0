package dev.rekey.simulation.azure;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that moves when a test says so. */
final class SettableTime implements InstantSource {
  private Instant now = Instant.parse("2026-03-01T10:00:00Z");

  void pass(Duration duration) {
    now = now.plus(duration);
  }

  @Override
  public Instant instant() {
    return now;
  }
}
