package dev.rekey.app.simulated;

import dev.rekey.operation.Operation;
import dev.rekey.operation.StepName;
import dev.rekey.simulation.cluster.etcd.StoredSecret;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Secrets that others have written through an API server that has gone back to an earlier key.
 * Nobody can know of one that was written after the last look at the servers.
 */
final class WrittenBehind {
  private final Map<String, Instant> writtenAt = new HashMap<>();
  private boolean unseen;

  void note(StoredSecret secret, Instant now) {
    writtenAt.put(secret.key().path(), now);
    unseen = true;
  }

  /** The API servers are looked at, and tell what they have written. */
  void areLookedAt() {
    unseen = false;
  }

  /** Whether there is one that was written after the last look. */
  boolean isAnyUnseen() {
    return unseen;
  }

  /** Whether this one was written after the last look of an operation's proof. */
  boolean isAfterProof(Operation operation, StoredSecret secret) {
    return operation
        .progress()
        .lastPass(StepName.PROVE)
        .flatMap(pass -> Optional.ofNullable(pass.outcome()))
        .filter(end -> isLater(secret, end.after().at()))
        .isPresent();
  }

  /** Whether it was written after a look, or in the same instant. */
  private boolean isLater(StoredSecret secret, Instant look) {
    Instant written = writtenAt.get(secret.key().path());
    return written != null && !written.isBefore(look);
  }
}
