package dev.rekey.operation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The upgrade of Kubernetes that an operation asks ARM for, from the moment its intent is saved:
 * from then on it may have been sent.
 *
 * @param etag the ETag that it was, or is to be, sent with
 * @param attempts how often it was tried, this time included; those aren't counted that ARM refused
 *     before doing anything
 * @param intendedAt when the intent of the last try was saved
 * @param asynchronousOperation where ARM tells how it stands; null until ARM has accepted it
 * @param fault what the last try met instead of an acceptance, in our own words; null if nothing
 */
public record SentUpgrade(
    String etag,
    int attempts,
    Instant intendedAt,
    @Nullable String asynchronousOperation,
    @Nullable String fault) {

  /** One more try, of which nothing is known yet. */
  public static SentUpgrade intended(String etag, int attempts, Instant now) {
    return new SentUpgrade(etag, attempts, now, null, null);
  }

  public SentUpgrade accepted(String address) {
    return new SentUpgrade(etag, attempts, intendedAt, address, null);
  }

  /** It may have been taken all the same. */
  public SentUpgrade unanswered(String why) {
    return new SentUpgrade(etag, attempts, intendedAt, null, why);
  }

  /** ARM refused it before doing anything. */
  public SentUpgrade notTaken(String why) {
    return new SentUpgrade(etag, attempts - 1, intendedAt, null, why);
  }
}
