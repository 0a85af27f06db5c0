package dev.rekey.fleet;

import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import dev.rekey.key.LedgerEntry;
import dev.rekey.operation.Operation;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is in a cluster's two slots, as far as ARM and the ledger tell together. ARM shows only the
 * current one.
 *
 * @param current null if KMS is off, or what is in use can't be named
 * @param previous null if the previous slot is empty, or unknown
 * @param blank why no previous one is named; null if one is
 * @param knownFrom where the previous slot is unknown: what was made later can't be in it, since
 *     the cluster was on its present version by then; null if nothing can be said
 */
public record Slots(
    @Nullable KeyId current,
    @Nullable KeyId previous,
    @Nullable Blank blank,
    @Nullable Instant knownFrom) {

  /** Why no version is named for the previous slot. The token is stable. */
  public enum Blank {
    OFF("off", "KMS is off: there are no slots"),
    EMPTY("empty", "no version was in use before the current one"),
    NEVER_ROTATED(
        "never-rotated",
        "Rekey met the cluster as it is: one rotation that is proved makes the previous slot"
            + " known"),
    CHANGED_BY_ANOTHER(
        "changed-by-another",
        "somebody else changed the key, perhaps more than once: one rotation that is proved makes"
            + " the previous slot known"),
    KEY_NOT_NAMED("key-not-named", "the cluster names no key version");

    private final String token;
    private final String sentence;

    Blank(String token, String sentence) {
      this.token = token;
      this.sentence = sentence;
    }

    public String token() {
      return token;
    }

    public String sentence() {
      return sentence;
    }
  }

  /**
   * Decides, in this order.
   *
   * <ol>
   *   <li>KMS is off, or no version is named: there is nothing to say of slots.
   *   <li>An operation of ours put the version in use there: the previous slot is what it started
   *       from. Never what was noted before KMS was off in between.
   *   <li>An operation under way has sent the update to the version in use from what was in use
   *       then, and nothing else came since. Never one that has ended before its end: it may have
   *       failed, and somebody else have come there another way.
   *   <li>Anything else: unknown. Never what the ledger had for previous before: AKS has dropped
   *       that.
   * </ol>
   *
   * @param active the operation under way; null if none is
   */
  public static Slots of(KeyInUse inUse, @Nullable Ledger ledger, @Nullable Operation active) {
    KeyId current = inUse.version();
    if (current == null) {
      return new Slots(null, null, inUse.isOn() ? Blank.KEY_NOT_NAMED : Blank.OFF, null);
    }
    if (ledger == null || ledger.entries().isEmpty()) {
      return new Slots(current, null, Blank.NEVER_ROTATED, null);
    }
    SlotHistory history = new SlotHistory(ledger);
    Optional<LedgerEntry> held =
        history
            .lastHeld()
            .filter(entry -> entry.slot() == LedgerEntry.Slot.CURRENT)
            .filter(entry -> entry.key().isSameAs(current));
    if (held.isPresent() && held.get().operationId() != null) {
      return known(current, ledger.inPreviousSlot());
    }
    Optional<KeyId> left = ledger.leftFor(current);
    if (held.isEmpty() && left.isPresent() && isAtWork(active, left.get(), current)) {
      return known(current, left);
    }
    boolean isAsMet = held.isPresent() && !history.hasMoved();
    return new Slots(
        current,
        null,
        isAsMet ? Blank.NEVER_ROTATED : Blank.CHANGED_BY_ANOTHER,
        held.map(LedgerEntry::at).orElse(null));
  }

  private static boolean isAtWork(@Nullable Operation active, KeyId left, KeyId current) {
    return active != null
        && active.mayHaveUpdated()
        && left.equals(active.from())
        && current.isSameAs(Objects.requireNonNullElse(active.to(), left));
  }

  private static Slots known(KeyId current, Optional<KeyId> previous) {
    return new Slots(
        current, previous.orElse(null), previous.isPresent() ? null : Blank.EMPTY, null);
  }

  /** Whether some version may be in the previous slot of which nobody knows. */
  public boolean isPreviousUnknown() {
    return blank == Blank.NEVER_ROTATED || blank == Blank.CHANGED_BY_ANOTHER;
  }

  /**
   * Whether a version of the key may be in the unknown previous slot.
   *
   * @param created when the vault made it; null if that isn't known
   */
  boolean mayHoldOneOf(@Nullable Instant created) {
    Instant from = knownFrom;
    return isPreviousUnknown() && (from == null || created == null || !created.isAfter(from));
  }
}
