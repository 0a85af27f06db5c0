package dev.rekey.simulation.azure;

import dev.rekey.key.KeyVersion;
import dev.rekey.simulation.key.KeyRefused;
import java.time.Instant;

/** The dates of a key version: outside them a vault does not encrypt, though it still decrypts. */
final class KeyDates {
  private KeyDates() {}

  static void checkCover(KeyVersion version, Instant now) throws KeyRefused {
    Instant notBefore = version.notBefore();
    if (notBefore != null && now.isBefore(notBefore)) {
      throw new KeyRefused(KeyRefused.Reason.NOT_YET_VALID);
    }
    Instant expires = version.expires();
    if (expires != null && !now.isBefore(expires)) {
      throw new KeyRefused(KeyRefused.Reason.EXPIRED);
    }
  }
}
