package dev.rekey.operation;

import dev.rekey.reencryption.ServerState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ARM update of an operation, from the moment its intent is saved: from then on it may have
 * been sent.
 *
 * @param etag the ETag that it was, or is to be, sent with
 * @param attempts how often it was tried, this time included
 * @param intendedAt when the intent of the last try was saved
 * @param asynchronousOperation where ARM tells how it stands; null until ARM has accepted it
 * @param servers the API servers as they were before the first try that may have been taken: where
 *     no key can show that they have loaded the new settings, they must have changed since. Empty
 *     where a key shows it
 */
public record Update(
    String etag,
    int attempts,
    Instant intendedAt,
    @Nullable String asynchronousOperation,
    List<ServerState> servers) {

  public Update {
    servers = List.copyOf(servers);
  }

  /** Where a key shows that the API servers have loaded the new settings. */
  public Update(
      String etag, int attempts, Instant intendedAt, @Nullable String asynchronousOperation) {
    this(etag, attempts, intendedAt, asynchronousOperation, List.of());
  }

  public Update accepted(String address) {
    return new Update(etag, attempts, intendedAt, address, servers);
  }
}
