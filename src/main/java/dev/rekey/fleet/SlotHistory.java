package dev.rekey.fleet;

import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import dev.rekey.key.LedgerEntry;
import dev.rekey.key.LedgerEntry.Slot;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a ledger tells of the slots. A move is settled where an operation of ours made it: it began
 * from what ARM showed then, so both slots are known after it. What somebody else moved leaves open
 * what came in between.
 */
final class SlotHistory {
  private final List<LedgerEntry> entries;

  /**
   * @param ledger null of a cluster that was never seen before
   */
  SlotHistory(@Nullable Ledger ledger) {
    this.entries =
        ledger == null
            ? List.of()
            : ledger.entries().stream().filter(entry -> entry.slot() != Slot.PROVED).toList();
  }

  /**
   * Whether a key version may be in a slot: it was named since the version came that the last
   * settled move has put into the previous slot.
   */
  boolean mayHold(KeyId version) {
    return lastNaming(version) >= beginning(lastSettled());
  }

  /**
   * Since when a key version is certainly in no slot: the first settled move that left it in none,
   * and after which nobody else has moved anything. {@link Instant#MIN} if there is no such move.
   */
  Instant outSince(KeyId version) {
    int last = lastNaming(version);
    for (int number = lastMovedByAnother() + 1; number < entries.size(); number++) {
      if (isSettled(number) && (last < 0 || beginning(number) > last)) {
        return entries.get(number).at();
      }
    }
    return Instant.MIN;
  }

  private int lastMovedByAnother() {
    for (int number = entries.size() - 1; number >= 0; number--) {
      if (isHeld(number) && !isSettled(number)) {
        return number;
      }
    }
    return -1;
  }

  /** Whether the ledger names a version of the same key. */
  boolean hasKeyOf(KeyId version) {
    return entries.stream().anyMatch(entry -> entry.key().isVersionOfSameKey(version));
  }

  private int lastSettled() {
    for (int number = entries.size() - 1; number >= 0; number--) {
      if (isSettled(number)) {
        return number;
      }
    }
    return -1;
  }

  private boolean isSettled(int number) {
    return isHeld(number) && entries.get(number).operationId() != null;
  }

  /** Where the version was noted that a settled move started from. */
  private int beginning(int settled) {
    return Math.max(0, lastHeldBefore(Math.max(0, settled)));
  }

  private int lastHeldBefore(int end) {
    for (int number = end - 1; number >= 0; number--) {
      if (isHeld(number)) {
        return number;
      }
    }
    return -1;
  }

  private boolean isHeld(int number) {
    Slot slot = entries.get(number).slot();
    return slot == Slot.CURRENT || slot == Slot.KEPT;
  }

  private int lastNaming(KeyId version) {
    for (int number = entries.size() - 1; number >= 0; number--) {
      if (entries.get(number).key().isSameAs(version)) {
        return number;
      }
    }
    return -1;
  }
}
