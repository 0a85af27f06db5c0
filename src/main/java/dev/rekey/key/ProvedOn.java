package dev.rekey.key;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That every Secret was proved to lie under a key version, or plain, while ARM showed a certain
 * state of the cluster.
 *
 * @param under the hash of that key version; {@link KeyIdHash#PLAIN} if all were proved to lie
 *     plain
 * @param key the key version; null if all were proved to lie plain
 * @param etag the ETag of that state; any other one means that the proof must be made again before
 *     an update
 * @param orUnder what Secrets may lie under too, since an update to it may have been sent: the
 *     proof serves an update to that and to nothing else; null if there is none
 */
public record ProvedOn(
    KeyIdHash under,
    @Nullable KeyId key,
    String etag,
    Instant at,
    String operationId,
    @Nullable KeyIdHash orUnder) {

  /** That every Secret lies under this key version, or plain if null, and under no other. */
  public ProvedOn(@Nullable KeyId key, String etag, Instant at, String operationId) {
    this(key == null ? KeyIdHash.PLAIN : KeyIdHash.predict(key), key, etag, at, operationId, null);
  }

  /**
   * Whether every Secret was proved to lie under what a cluster would go back to, before an update
   * to what it would leave; whatever its state since.
   */
  public boolean wasBefore(KeyIdHash left, KeyIdHash back) {
    return under.equals(back) && (orUnder == null || orUnder.equals(left));
  }

  /** Whether it allows an update from one to another in a state of the cluster. */
  public boolean holdsFor(KeyIdHash from, KeyIdHash to, String otherEtag) {
    return under.equals(from) && etag.equals(otherEtag) && (orUnder == null || orUnder.equals(to));
  }
}
