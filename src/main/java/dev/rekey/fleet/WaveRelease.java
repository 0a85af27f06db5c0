package dev.rekey.fleet;

import dev.rekey.key.KeyId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a person lets waves go to a key version though an earlier one isn't proved on it.
 *
 * @param version to this version and to no other
 * @param upTo the last wave that may go; null for all
 * @param actor who: a person's or an application's name
 * @param reason why, in their words
 * @param requestKey the same key again is the same release again
 */
public record WaveRelease(
    KeyId version,
    @Nullable Integer upTo,
    String actor,
    String reason,
    Instant at,
    String requestKey) {

  /** Whether a wave may go to a version. */
  public boolean allows(Wave wave, KeyId target) {
    return version.isSameAs(target) && (upTo == null || (wave.readable() && wave.number() <= upTo));
  }
}
