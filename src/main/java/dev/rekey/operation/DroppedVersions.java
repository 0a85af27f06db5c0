package dev.rekey.operation;

import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Ledger;
import dev.rekey.key.LedgerEntry;
import dev.rekey.key.ProvedOn;
import dev.rekey.reencryption.Scrape;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which key version may be the one that AKS has dropped while Secrets still lay under it: those
 * that are older than the current one and in no slot. First come those that something shows, then
 * the others; the newest first. One that was tried in vain became current by that, so what is older
 * than the current one hasn't been tried.
 *
 * @param versions those of the key in use, as the vault has them
 * @param current the one that ARM shows
 * @param scrape how the API servers are; null if they give no answer
 */
public record DroppedVersions(
    List<KeyVersion> versions, KeyId current, Ledger ledger, @Nullable Scrape scrape) {
  public DroppedVersions {
    versions = List.copyOf(versions);
  }

  /** The one to bring back first. */
  public Optional<KeyId> first() {
    return inNoSlot().max(byLikelihood()).map(KeyVersion::id);
  }

  private Comparator<KeyVersion> byLikelihood() {
    return Comparator.<KeyVersion, Boolean>comparing(this::isOlderThanCurrent)
        .thenComparing(version -> isShown(version.id()))
        .thenComparing(KeyVersion::created);
  }

  private boolean isShown(KeyId version) {
    return isInLedger(version) || wasLoaded(version);
  }

  /** What tells that a version is the missing one. */
  public DroppedKey.Sign shownBy(KeyId version) {
    if (isInLedger(version)) {
      return DroppedKey.Sign.LEDGER;
    }
    if (wasLoaded(version)) {
      return DroppedKey.Sign.API_SERVER;
    }
    return first().filter(version::isSameAs).isPresent()
        ? DroppedKey.Sign.ORDER
        : DroppedKey.Sign.PERSON;
  }

  private Stream<KeyVersion> inNoSlot() {
    Optional<KeyId> previous = previous();
    Instant newest = newestInSlot(previous);
    return versions.stream()
        .filter(version -> version.created().isBefore(newest))
        .filter(version -> !isInUse(version.id()) && !isSame(previous, version.id()));
  }

  /** What was made after it has never been in a slot. */
  private Instant newestInSlot(Optional<KeyId> previous) {
    return versions.stream()
        .filter(version -> isInUse(version.id()) || isSame(previous, version.id()))
        .map(KeyVersion::created)
        .max(Comparator.naturalOrder())
        .orElse(Instant.MIN);
  }

  private boolean isInUse(KeyId version) {
    return version.isSameAs(current) || (isRead(version) && !isInNoSlotByLedger(version));
  }

  private Stream<KeyVersion> older() {
    return versions.stream().filter(this::isOlderThanCurrent);
  }

  private boolean isOlderThanCurrent(KeyVersion version) {
    return versions.stream()
        .filter(one -> one.id().isSameAs(current))
        .anyMatch(one -> version.created().isBefore(one.created()));
  }

  /** Whether an API server reads it now, or has until a moment ago. */
  public boolean isRead(KeyId version) {
    Scrape seen = scrape;
    return seen != null && !seen.notReading(KeyIdHash.predict(version)).equals(seen.live());
  }

  /** Whether the ledger knows what is in both slots, and that this isn't. */
  public boolean isInNoSlotByLedger(KeyId version) {
    Optional<KeyId> previous = previousByLedger();
    return previous.isPresent() && !version.isSameAs(current) && !isSame(previous, version);
  }

  /**
   * What is in the previous slot, where no API server says so: what the ledger says, if it has seen
   * the last move, else the newest older one that it knows nothing of.
   */
  private Optional<KeyId> previous() {
    Optional<KeyId> known = previousByLedger();
    if (known.isPresent() || isCurrentInLedger()) {
      return known;
    }
    return scrape != null || older().count() < 2
        ? Optional.empty()
        : older()
            .max(Comparator.comparing(KeyVersion::created))
            .map(KeyVersion::id)
            .filter(newest -> !isInLedger(newest));
  }

  /** Also where our own update is not at its end yet. */
  private Optional<KeyId> previousByLedger() {
    return isCurrentInLedger() ? ledger.inPreviousSlot() : ledger.leftFor(current);
  }

  private boolean isCurrentInLedger() {
    return ledger.currentKey().filter(current::isSameAs).isPresent();
  }

  /** Seen in a slot when everything was proved for the last time, or since. */
  private boolean isInLedger(KeyId version) {
    ProvedOn proved = ledger.proved();
    KeyId last = proved == null ? null : proved.key();
    List<LedgerEntry> entries = ledger.entries();
    int from = 0;
    for (int number = 0; number < entries.size(); number++) {
      LedgerEntry entry = entries.get(number);
      boolean isOfProof = last != null && entry.key().isSameAs(last);
      from = isOfProof && entry.slot() == LedgerEntry.Slot.CURRENT ? number : from;
    }
    boolean isProved = last != null && last.isSameAs(version);
    return isProved
        || entries.subList(from, entries.size()).stream()
            .filter(entry -> entry.slot() != LedgerEntry.Slot.PREVIOUS)
            .anyMatch(entry -> entry.key().isSameAs(version));
  }

  private boolean wasLoaded(KeyId version) {
    Scrape seen = scrape;
    return seen != null
        && !isInUse(version)
        && !seen.everLoaded(KeyIdHash.predict(version)).isEmpty();
  }

  private static boolean isSame(Optional<KeyId> one, KeyId other) {
    return one.filter(other::isSameAs).isPresent();
  }
}
