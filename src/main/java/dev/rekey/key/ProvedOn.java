package dev.rekey.key;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That every Secret was proved to lie under a key version while ARM showed a certain state of the
 * cluster.
 *
 * @param etag the ETag of that state; any other one means that the proof must be made again before
 *     a rotation
 * @param orUnder a second key version that Secrets may lie under too, since an update to it may
 *     have been sent: the proof serves a rotation to that version and no other; null if there is
 *     none
 */
public record ProvedOn(
    KeyId key, String etag, Instant at, String operationId, @Nullable KeyId orUnder) {

  /** That every Secret lies under this key version and no other. */
  public ProvedOn(KeyId key, String etag, Instant at, String operationId) {
    this(key, etag, at, operationId, null);
  }

  /** Whether it allows a rotation from a key version to another in a state of the cluster. */
  public boolean holdsFor(KeyId from, KeyId to, String otherEtag) {
    return key.equals(from) && etag.equals(otherEtag) && (orUnder == null || orUnder.equals(to));
  }
}
