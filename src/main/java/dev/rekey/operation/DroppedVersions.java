package dev.rekey.operation;

import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Ledger;
import dev.rekey.key.LeftSlots;
import dev.rekey.key.ProvedOn;
import dev.rekey.reencryption.Scrape;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which key version may be the one that AKS has dropped while Secrets still lay under it: any that
 * is in no slot now and was in one, of whichever key, or may have been by its age.
 *
 * <ol>
 *   <li>First those that were in a slot when somebody else moved the cluster: of these the one
 *       under which everything was proved last, then the one that was current the longest.
 *   <li>Then the older ones of the key in use, those that an API server tells of, and others that
 *       were in a slot before everything was proved; the newest first.
 *   <li>Last those that a move of ours has dropped, before which all that could be read was written
 *       elsewhere, and those that were brought back already. Never left out: what could be read may
 *       not have been all.
 * </ol>
 *
 * @param versions those of the key in use and of the other keys that the ledger names, as their
 *     vaults have them
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
    LeftSlots left = left();
    return inNoSlot().max(byLikelihood(left)).map(KeyVersion::id);
  }

  private LeftSlots left() {
    return LeftSlots.of(ledger, current);
  }

  private Comparator<KeyVersion> byLikelihood(LeftSlots left) {
    ProvedOn proved = ledger.proved();
    KeyId last = proved == null ? null : proved.key();
    return Comparator.<KeyVersion, LeftSlots.How>comparing(version -> left.how(version.id()))
        .thenComparing(version -> isInDoubt(left, version) && version.id().equals(last))
        .thenComparing(
            version -> isInDoubt(left, version) ? left.currentFor(version.id()) : Duration.ZERO)
        .thenComparing(this::isOlderThanCurrent)
        .thenComparing(version -> wasLoaded(version.id()))
        .thenComparing(KeyVersion::created);
  }

  private static boolean isInDoubt(LeftSlots left, KeyVersion version) {
    return left.how(version.id()) == LeftSlots.How.IN_DOUBT;
  }

  /** What tells that a version is the missing one. */
  public DroppedKey.Sign shownBy(KeyId version) {
    LeftSlots.How how = left().how(version);
    if (how == LeftSlots.How.IN_DOUBT) {
      return DroppedKey.Sign.LEDGER;
    }
    if (how != LeftSlots.How.UNSEEN) {
      return DroppedKey.Sign.AGAIN;
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
    List<KeyId> known = ledger.versions();
    return versions.stream()
        .filter(version -> !isInUse(version.id()) && !isSame(previous, version.id()))
        .filter(
            version ->
                known.stream().anyMatch(version.id()::isSameAs)
                    || wasLoaded(version.id())
                    || (isOfKeyInUse(version) && version.created().isBefore(newest)));
  }

  private boolean isOfKeyInUse(KeyVersion version) {
    return version.id().isVersionOfSameKey(current);
  }

  /** What was made after it has never been in a slot, as far as anybody has seen. */
  private Instant newestInSlot(Optional<KeyId> previous) {
    return versions.stream()
        .filter(this::isOfKeyInUse)
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
        .filter(one -> isOfKeyInUse(version))
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
            .filter(newest -> left().how(newest) != LeftSlots.How.IN_DOUBT);
  }

  /** Also where our own update is not at its end yet. */
  private Optional<KeyId> previousByLedger() {
    return isCurrentInLedger() ? ledger.inPreviousSlot() : ledger.leftFor(current);
  }

  private boolean isCurrentInLedger() {
    return ledger.currentKey().filter(current::isSameAs).isPresent();
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
