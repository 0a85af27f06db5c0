package dev.rekey.key;

import java.time.Instant;

/**
 * That every Secret was proved to lie under a key version while ARM showed a certain state of the
 * cluster.
 *
 * @param etag the ETag of that state; any other one means that the proof must be made again before
 *     a rotation
 */
public record ProvedOn(KeyId key, String etag, Instant at, String operationId) {

  public boolean holdsFor(KeyId otherKey, String otherEtag) {
    return key.equals(otherKey) && etag.equals(otherEtag);
  }
}
