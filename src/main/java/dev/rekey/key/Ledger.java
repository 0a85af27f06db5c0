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
  /**
   * As many as fit into a row. A cluster that is rotated monthly makes five a month; one whose key
   * somebody moves to and fro all day must not outgrow its row, so the oldest are forgotten.
   */
  static final int MOST_ENTRIES = 1_000;

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

  /**
   * Notes a proof. Of several about a key version that stays in the current slot the last one is
   * kept; one that leaves open under which of two versions all lies is no entry of its own.
   */
  public Ledger proved(ProvedOn proof) {
    KeyId key = proof.key();
    if (key == null || proof.orUnder() != null) {
      return new Ledger(firstSeenAt, entries, proof);
    }
    List<LedgerEntry> earlier = new ArrayList<>(entries);
    if (!earlier.isEmpty() && isProofOf(earlier.get(earlier.size() - 1), key)) {
      earlier.remove(earlier.size() - 1);
    }
    return new Ledger(firstSeenAt, earlier, proof)
        .with(new LedgerEntry(key, LedgerEntry.Slot.PROVED, proof.at(), proof.operationId()));
  }

  private static boolean isProofOf(LedgerEntry entry, KeyId key) {
    return entry.slot() == LedgerEntry.Slot.PROVED && entry.key().isSameAs(key);
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
   * The key version that AKS holds in the previous slot now; empty if our records can't tell, as
   * where somebody else has moved the cluster: perhaps twice. Where KMS was turned off since, both
   * slots began anew.
   */
  public Optional<KeyId> inPreviousSlot() {
    return lastIn(LedgerEntry.Slot.PREVIOUS, LedgerEntry.Slot.KEPT)
        .filter(entry -> entry.slot() == LedgerEntry.Slot.PREVIOUS && entry.operationId() != null)
        .map(LedgerEntry::key);
  }

  /** What is known of the previous slot, where ARM shows this key version in the current one. */
  public PreviousSlot previousSlot(KeyId shown) {
    return PreviousSlot.of(this, shown, null);
  }

  /**
   * The same, also where our own update is not at its end yet.
   *
   * @param underWay the operation under way; null if none is
   */
  public PreviousSlot previousSlot(KeyId shown, @Nullable String underWay) {
    return PreviousSlot.of(this, shown, underWay);
  }

  /** Whether nothing has moved since the cluster was met. */
  boolean isAsMet() {
    return isFirstMeeting(
        lastNumberIn(entries.size(), LedgerEntry.Slot.CURRENT, LedgerEntry.Slot.KEPT));
  }

  /** Which key version was in which slot from when to when, in the order in which they came. */
  public List<SlotPeriod> periods() {
    return SlotPeriod.of(entries, isFirstMeeting(0));
  }

  /**
   * That the key version in the current slot was found there, and nothing has been proved under it
   * since: somebody else has moved the cluster. Empty where an operation of ours has put it there,
   * and at the first meeting.
   */
  public Optional<LedgerEntry> foundUnproved() {
    int number = lastNumberIn(entries.size(), LedgerEntry.Slot.CURRENT, LedgerEntry.Slot.KEPT);
    return number < 0 || isFirstMeeting(number)
        ? Optional.empty()
        : Optional.of(entries.get(number))
            .filter(entry -> entry.slot() == LedgerEntry.Slot.CURRENT)
            .filter(entry -> entry.operationId() == null && !isProvedSince(number));
  }

  /**
   * That KMS was found off, and Secrets haven't been proved to lie plain since: somebody else has
   * turned it off.
   */
  public Optional<LedgerEntry> foundOff() {
    return lastIn(LedgerEntry.Slot.CURRENT, LedgerEntry.Slot.KEPT)
        .filter(entry -> entry.slot() == LedgerEntry.Slot.KEPT && entry.operationId() == null)
        .filter(entry -> !isProvedPlainSince(entry.at()));
  }

  /**
   * Whether a key version is of another key than the cluster was ever led to by us or by a person
   * who asked us: whoever can write a cluster's body may have named any key there.
   *
   * @param shown what ARM shows in the current slot
   */
  public boolean isLedToAnotherKey(KeyId shown) {
    return ledTo().filter(led -> !led.isVersionOfSameKey(shown)).isPresent();
  }

  /**
   * The key version that the cluster was last led to by us or by a person who asked us, was met
   * with, or had everything proved under; empty if there was none.
   */
  public Optional<KeyId> ledTo() {
    int number = lastNumberIn(entries.size(), LedgerEntry.Slot.CURRENT, LedgerEntry.Slot.KEPT);
    while (number >= 0 && isFoundUnproved(number)) {
      number = lastNumberIn(number, LedgerEntry.Slot.CURRENT, LedgerEntry.Slot.KEPT);
    }
    return number < 0 ? Optional.empty() : Optional.of(entries.get(number).key());
  }

  /** Every key version that was ever seen, or may have been, in a slot; oldest first. */
  public List<KeyId> versions() {
    List<KeyId> seen = new ArrayList<>();
    for (LedgerEntry entry : entries) {
      if (seen.stream().noneMatch(entry.key()::isSameAs)) {
        seen.add(entry.key());
      }
    }
    return List.copyOf(seen);
  }

  private boolean isFoundUnproved(int number) {
    return entries.get(number).operationId() == null
        && !isFirstMeeting(number)
        && !isProvedSince(number);
  }

  /** Whether an entry is what the cluster was first met with. */
  private boolean isFirstMeeting(int number) {
    return number == 0
        && !entries.isEmpty()
        && entries.get(0).slot() == LedgerEntry.Slot.CURRENT
        && entries.get(0).operationId() == null
        && entries.get(0).at().equals(firstSeenAt);
  }

  /** By the order of the entries: a clock that was wrong must not turn it round. */
  private boolean isProvedSince(int number) {
    LedgerEntry entry = entries.get(number);
    boolean isNoted =
        entries.subList(number, entries.size()).stream()
            .anyMatch(later -> isProofOf(later, entry.key()));
    return isNoted || isLastProofOf(entry);
  }

  /** A ledger of an earlier release holds no other. */
  private boolean isLastProofOf(LedgerEntry entry) {
    ProvedOn last = proved;
    KeyId under = last == null ? null : last.key();
    return last != null
        && under != null
        && under.isSameAs(entry.key())
        && !last.at().isBefore(entry.at());
  }

  private boolean isProvedPlainSince(Instant at) {
    ProvedOn last = proved;
    return last != null && last.under().equals(KeyIdHash.PLAIN) && !last.at().isBefore(at);
  }

  /** Key versions that are kept because KMS was turned off, oldest first. */
  public List<KeyId> keptKeys() {
    return entries.stream()
        .filter(entry -> entry.slot() == LedgerEntry.Slot.KEPT)
        .map(LedgerEntry::key)
        .distinct()
        .toList();
  }

  /** The last entry that is about one of these slots. */
  Optional<LedgerEntry> lastIn(LedgerEntry.Slot... slots) {
    int number = lastNumberIn(entries.size(), slots);
    return number < 0 ? Optional.empty() : Optional.of(entries.get(number));
  }

  /** The last of the entries before a number that is about one of these slots; -1 for none. */
  private int lastNumberIn(int before, LedgerEntry.Slot... slots) {
    int number = before - 1;
    while (number >= 0 && !List.of(slots).contains(entries.get(number).slot())) {
      number--;
    }
    return number;
  }

  private Ledger with(LedgerEntry entry) {
    List<LedgerEntry> longer = new ArrayList<>(entries);
    longer.add(entry);
    int forgotten = Math.max(0, longer.size() - MOST_ENTRIES);
    return new Ledger(firstSeenAt, longer.subList(forgotten, longer.size()), proved);
  }
}
