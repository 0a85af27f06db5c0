package dev.rekey.key;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * That a key version was in a slot from when to when.
 *
 * @param slot never {@link LedgerEntry.Slot#PROVED}
 * @param until null where it is there still, as far as we know
 * @param changedBy the operation that put it there, or was about to; null where it was found there
 * @param isAsMet whether Rekey met the cluster so
 * @param proof the last proof, while it was there, that every Secret lay under it; null for none
 */
public record SlotPeriod(
    KeyId version,
    LedgerEntry.Slot slot,
    Instant from,
    @Nullable Instant until,
    @Nullable String changedBy,
    boolean isAsMet,
    @Nullable Proof proof) {

  /** That every Secret was proved to lie under a key version. */
  public record Proof(Instant at, String operationId) {}

  /** Whether it isn't over, as far as we know. */
  public boolean isOpen() {
    return until == null;
  }

  /**
   * The periods that a ledger's entries tell of, in the order in which they began.
   *
   * @param firstAsMet whether the first entry is what the cluster was met with
   */
  static List<SlotPeriod> of(List<LedgerEntry> entries, boolean firstAsMet) {
    List<SlotPeriod> periods = new ArrayList<>();
    for (LedgerEntry entry : entries) {
      if (entry.slot() == LedgerEntry.Slot.PROVED) {
        periods.replaceAll(period -> period.isProvedBy(entry) ? period.with(entry) : period);
      } else {
        periods.replaceAll(period -> period.endsWith(entry) ? period.endedAt(entry.at()) : period);
        periods.add(begun(entry, firstAsMet && periods.isEmpty()));
      }
    }
    return periods;
  }

  private static SlotPeriod begun(LedgerEntry entry, boolean asMet) {
    return new SlotPeriod(
        entry.key(), entry.slot(), entry.at(), null, entry.operationId(), asMet, null);
  }

  private boolean isProvedBy(LedgerEntry entry) {
    return isOpen() && slot == LedgerEntry.Slot.CURRENT && version.isSameAs(entry.key());
  }

  /** One slot holds one version; turning KMS off or on ends what was in either. */
  private boolean endsWith(LedgerEntry next) {
    if (!isOpen()) {
      return false;
    }
    return switch (next.slot()) {
      case CURRENT -> slot != LedgerEntry.Slot.PREVIOUS;
      case PREVIOUS -> slot == LedgerEntry.Slot.PREVIOUS || isCurrent(next.key());
      case KEPT -> true;
      case MAYBE -> slot == LedgerEntry.Slot.MAYBE && version.isSameAs(next.key());
      case PROVED -> false;
    };
  }

  private boolean isCurrent(KeyId key) {
    return slot == LedgerEntry.Slot.CURRENT && version.isSameAs(key);
  }

  private SlotPeriod endedAt(Instant end) {
    return new SlotPeriod(version, slot, from, end, changedBy, isAsMet, proof);
  }

  private SlotPeriod with(LedgerEntry proved) {
    String by = proved.operationId();
    return by == null
        ? this
        : new SlotPeriod(
            version, slot, from, until, changedBy, isAsMet, new Proof(proved.at(), by));
  }
}
