package dev.rekey.kubernetes;

import dev.rekey.reencryption.Look;
import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.reencryption.SecretRef;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Times an answer. */
final class Looks {
  private Looks() {}

  static Look look(SecretRef secret, PatchAnswer answer, Instant sentAt, InstantSource clock) {
    Duration took = Duration.between(sentAt, clock.instant());
    // A clock that is set back must not make an answer look faster than none at all.
    return new Look(secret, answer, took.isNegative() ? Duration.ZERO : took);
  }
}
