package dev.rekey.key;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What our records tell of the previous slot, which AKS doesn't show.
 *
 * @param version the key version in it; where somebody else has changed the key, the one that was
 *     last seen before, which need not be there any more; null for none
 * @param knownFrom where nobody knows what is in it: what was made later can't be, since the
 *     cluster was on its present version by then; null if nothing can be said
 */
public record PreviousSlot(
    Knowledge knowledge, @Nullable KeyId version, @Nullable Instant knownFrom) {

  /** How well it is known. The token is stable. */
  public enum Knowledge {
    KNOWN("known", "an operation of Rekey has moved it there"),
    OFF("off", "KMS is off: there are no slots"),
    EMPTY("empty", "no version was in use before the current one"),
    NEVER_ROTATED(
        "never-rotated",
        "Rekey met the cluster as it is: one rotation that is proved makes the previous slot"
            + " known"),
    /** Of two moves between two looks the first shows nowhere. */
    CHANGED_BY_ANOTHER(
        "changed-by-another",
        "somebody else changed the key, perhaps more than once: one rotation that is proved makes"
            + " the previous slot known"),
    KEY_NOT_NAMED("key-not-named", "the cluster names no key version");

    private final String token;
    private final String sentence;

    Knowledge(String token, String sentence) {
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

  public static final PreviousSlot OFF = without(Knowledge.OFF);
  public static final PreviousSlot EMPTY = without(Knowledge.EMPTY);
  public static final PreviousSlot KEY_NOT_NAMED = without(Knowledge.KEY_NOT_NAMED);

  /** Of a cluster that was never seen before. */
  public static final PreviousSlot NEVER_ROTATED = without(Knowledge.NEVER_ROTATED);

  private static PreviousSlot without(Knowledge knowledge) {
    return new PreviousSlot(knowledge, null, null);
  }

  /**
   * Decides, in this order.
   *
   * <ol>
   *   <li>An operation of ours put the version in use there: the previous slot is what it started
   *       from. Never what was noted before KMS was off in between.
   *   <li>Rekey met the cluster on it: unknown.
   *   <li>An operation under way has sent the update to the version in use from what was in use
   *       then, and nothing else came since. Never one that has ended before its end: it may have
   *       failed, and somebody else have come there another way.
   *   <li>Anything else: unknown. Never is what was in use before taken for certain: AKS may have
   *       dropped that.
   * </ol>
   *
   * @param shown what ARM shows in the current slot
   * @param underWay the operation under way; null if none is, or that isn't asked
   */
  static PreviousSlot of(Ledger ledger, KeyId shown, @Nullable String underWay) {
    LedgerEntry held =
        ledger
            .lastIn(LedgerEntry.Slot.CURRENT, LedgerEntry.Slot.KEPT)
            .filter(entry -> entry.slot() == LedgerEntry.Slot.CURRENT)
            .filter(entry -> entry.key().isSameAs(shown))
            .orElse(null);
    if (held == null) {
      return ledger.entries().isEmpty() ? NEVER_ROTATED : leftFor(ledger, shown, underWay);
    }
    if (held.operationId() != null) {
      return ledger.inPreviousSlot().map(PreviousSlot::known).orElse(EMPTY);
    }
    return ledger.isAsMet()
        ? new PreviousSlot(Knowledge.NEVER_ROTATED, null, held.at())
        : presumed(lastSeen(ledger), held.at());
  }

  /** What somebody has moved there; null if KMS was off since. */
  private static @Nullable KeyId lastSeen(Ledger ledger) {
    return ledger
        .lastIn(LedgerEntry.Slot.PREVIOUS, LedgerEntry.Slot.KEPT)
        .filter(entry -> entry.slot() == LedgerEntry.Slot.PREVIOUS)
        .map(LedgerEntry::key)
        .orElse(null);
  }

  private static PreviousSlot leftFor(Ledger ledger, KeyId shown, @Nullable String underWay) {
    KeyId left = ledger.leftFor(shown).orElse(null);
    return left != null && underWay != null && isSentBy(underWay, ledger, shown)
        ? known(left)
        : presumed(left, null);
  }

  /** Whether this operation was the last one about to send an update to a key version. */
  private static boolean isSentBy(String operationId, Ledger ledger, KeyId key) {
    return ledger
        .lastIn(LedgerEntry.Slot.MAYBE)
        .filter(entry -> entry.key().isSameAs(key) && operationId.equals(entry.operationId()))
        .isPresent();
  }

  private static PreviousSlot known(KeyId version) {
    return new PreviousSlot(Knowledge.KNOWN, version, null);
  }

  private static PreviousSlot presumed(@Nullable KeyId version, @Nullable Instant from) {
    return new PreviousSlot(Knowledge.CHANGED_BY_ANOTHER, version, from);
  }

  /** The version that is certainly in it; empty if it is empty, or nobody knows. */
  public Optional<KeyId> certain() {
    return Optional.ofNullable(version).filter(unused -> knowledge == Knowledge.KNOWN);
  }

  /** Whether some version may be in it of which nobody knows. */
  public boolean isUnknown() {
    return knowledge == Knowledge.NEVER_ROTATED || knowledge == Knowledge.CHANGED_BY_ANOTHER;
  }

  /**
   * Whether nobody knows what is in it, and a version of the cluster's key may be.
   *
   * @param created when the vault made the version; null if that isn't known
   */
  public boolean mayHoldOneOf(@Nullable Instant created) {
    Instant from = knownFrom;
    return isUnknown() && (from == null || created == null || !created.isAfter(from));
  }
}
