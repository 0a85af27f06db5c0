package dev.rekey.key;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a key version was in a slot from an instant on.
 *
 * @param operationId the operation that put it there; null if it was only seen there
 */
public record LedgerEntry(KeyId key, Slot slot, Instant at, @Nullable String operationId) {

  /** Where a key version is. */
  public enum Slot {
    CURRENT,
    PREVIOUS,
    /**
     * KMS was turned off: nothing new is written under it. AKS needs it all the same, neither
     * destroyed nor expired.
     */
    KEPT,
    /** An update to it was about to be sent: it may be in a slot, whatever became of the update. */
    MAYBE,
    /** Still in the current slot, and every Secret was proved to lie under it. */
    PROVED
  }
}
