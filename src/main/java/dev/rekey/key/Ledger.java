package dev.rekey.key;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * For one cluster: which key version was in which slot when, and what was proved on it. AKS shows
 * only the current slot, so this is the only memory of the previous one.
 *
 * @param firstSeenAt when Rekey first saw the cluster; a key version created before is proposed,
 *     not applied
 * @param entries oldest first
 * @param proved the last proof that every Secret lies under a key version; null if there is none
 */
public record Ledger(Instant firstSeenAt, List<LedgerEntry> entries, @Nullable ProvedOn proved) {

  public Ledger {
    entries = List.copyOf(entries);
  }

  /**
   * The ledger of a cluster that is seen for the first time, with what ARM shows in its current
   * slot.
   */
  public static Ledger firstSeen(Instant at, @Nullable KeyId current) {
    Ledger empty = new Ledger(at, List.of(), null);
    return current == null
        ? empty
        : empty.with(new LedgerEntry(current, LedgerEntry.Slot.CURRENT, at, null));
  }

  /** Notes before an update is sent that its target may be in a slot from now on (promise K5). */
  public Ledger mayBeInSlot(KeyId key, Instant at, String operationId) {
    return with(new LedgerEntry(key, LedgerEntry.Slot.MAYBE, at, operationId));
  }

  /**
   * Notes that a key version was seen in the current slot, and so the one before it in the previous
   * slot.
   */
  public Ledger current(KeyId key, Instant at, @Nullable String operationId) {
    Optional<KeyId> before = currentKey();
    if (before.isPresent() && before.get().equals(key)) {
      return this;
    }
    Ledger moved =
        before
            .map(old -> with(new LedgerEntry(old, LedgerEntry.Slot.PREVIOUS, at, operationId)))
            .orElse(this);
    return moved.with(new LedgerEntry(key, LedgerEntry.Slot.CURRENT, at, operationId));
  }

  /**
   * Notes that KMS is off. The key version that was current must be kept all the same, and is not
   * forgotten.
   */
  public Ledger off(Instant at, @Nullable String operationId) {
    return currentKey()
        .map(key -> with(new LedgerEntry(key, LedgerEntry.Slot.KEPT, at, operationId)))
        .orElse(this);
  }

  public Ledger proved(ProvedOn proof) {
    return new Ledger(firstSeenAt, entries, proof);
  }

  /** The key version that was last seen in the current slot; empty if KMS was turned off since. */
  public Optional<KeyId> currentKey() {
    return lastIn(LedgerEntry.Slot.CURRENT, LedgerEntry.Slot.KEPT)
        .filter(entry -> entry.slot() == LedgerEntry.Slot.CURRENT)
        .map(LedgerEntry::key);
  }

  /** The key version that was in the current slot last, also if KMS was turned off since. */
  public Optional<KeyId> lastInUse() {
    return lastIn(LedgerEntry.Slot.CURRENT, LedgerEntry.Slot.KEPT).map(LedgerEntry::key);
  }

  /**
   * Whether, since a key version was last seen in the current slot, no other but this one may have
   * come into a slot, and KMS wasn't off: so that the first is the previous slot's if the other is
   * the current one's.
   */
  public boolean hasOnlyMoved(KeyId from, KeyId to) {
    List<LedgerEntry> since = sinceCurrent(from);
    return !since.isEmpty()
        && since.stream()
            .allMatch(
                entry ->
                    entry.slot() != LedgerEntry.Slot.KEPT
                        && (entry.key().isSameAs(from) || entry.key().isSameAs(to)));
  }

  /**
   * What was in the current slot when an update of ours to this key version was sent, and so is in
   * the previous one if ARM shows that version; empty if there was none, or anything else may have
   * come into a slot since.
   */
  public Optional<KeyId> leftFor(KeyId key) {
    return currentKey()
        .filter(
            from ->
                hasOnlyMoved(from, key)
                    && sinceCurrent(from).stream()
                        .filter(entry -> entry.slot() == LedgerEntry.Slot.MAYBE)
                        .anyMatch(entry -> entry.key().isSameAs(key)));
  }

  private List<LedgerEntry> sinceCurrent(KeyId key) {
    for (int number = entries.size() - 1; number >= 0; number--) {
      LedgerEntry entry = entries.get(number);
      if (entry.slot() == LedgerEntry.Slot.CURRENT && entry.key().isSameAs(key)) {
        return entries.subList(number, entries.size());
      }
    }
    return List.of();
  }

  /** The key version that was last seen to move to the previous slot. */
  public Optional<KeyId> previousKey() {
    return lastIn(LedgerEntry.Slot.PREVIOUS).map(LedgerEntry::key);
  }

  /**
   * The key version that AKS holds in the previous slot now; empty if our records can't tell. Where
   * KMS was turned off since, both slots began anew.
   */
  public Optional<KeyId> inPreviousSlot() {
    return lastIn(LedgerEntry.Slot.PREVIOUS, LedgerEntry.Slot.KEPT)
        .filter(entry -> entry.slot() == LedgerEntry.Slot.PREVIOUS)
        .map(LedgerEntry::key);
  }

  /** Key versions that are kept because KMS was turned off, oldest first. */
  public List<KeyId> keptKeys() {
    return entries.stream()
        .filter(entry -> entry.slot() == LedgerEntry.Slot.KEPT)
        .map(LedgerEntry::key)
        .distinct()
        .toList();
  }

  private Optional<LedgerEntry> lastIn(LedgerEntry.Slot... slots) {
    return entries.stream()
        .filter(entry -> List.of(slots).contains(entry.slot()))
        .reduce((first, second) -> second);
  }

  private Ledger with(LedgerEntry entry) {
    List<LedgerEntry> longer = new ArrayList<>(entries);
    longer.add(entry);
    return new Ledger(firstSeenAt, longer, proved);
  }
}
