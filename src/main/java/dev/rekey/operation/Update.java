package dev.rekey.operation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The ARM update of an operation, from the moment its intent is saved: from then on it may have
 * been sent.
 *
 * @param etag the ETag that it was, or is to be, sent with
 * @param attempts how often it was tried, this time included
 * @param intendedAt when the intent of the last try was saved
 * @param asynchronousOperation where ARM tells how it stands; null until ARM has accepted it
 */
public record Update(
    String etag, int attempts, Instant intendedAt, @Nullable String asynchronousOperation) {

  public Update accepted(String address) {
    return new Update(etag, attempts, intendedAt, address);
  }
}
