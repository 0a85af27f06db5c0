package dev.rekey.benchmark;

import java.time.Duration;
import java.time.Instant;

/**
 * A stretch of time in which a client went through all Secrets.
 *
 * @param name as the report calls it
 */
record Phase(String name, Instant startedAt, Instant endedAt) {

  double seconds() {
    return Duration.between(startedAt, endedAt).toNanos() / 1e9;
  }
}
