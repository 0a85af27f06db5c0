package dev.rekey.operation.step;

import dev.rekey.key.KeyFitness;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Restoration;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Operation;
import dev.rekey.reencryption.ReplicaSample;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The key versions in a cluster's slots that can't be used. ARM shows the current one. The previous
 * one is what the ledger says, if it knows the current one too: after a move by somebody else its
 * word is of an earlier time, and a version would be made usable that no slot holds while the one
 * that Secrets lie under was called in order. Where it doesn't know, it is the one that it saw in
 * the current slot last, and any other of which an API server tells that it has polled it. Where
 * neither names one, the newest older one: an API server that restarts on an unusable version tells
 * of none.
 */
final class UnusableSlots {
  private final Facts facts;

  UnusableSlots(Facts facts) {
    this.facts = facts;
  }

  /** Whether only the API servers can tell which version is in the previous slot. */
  static boolean needSamples(Facts seen) {
    return !ledgerTells(seen) && current(seen).map(version -> isFit(seen, version)).orElse(false);
  }

  /** The unusable ones, the current one first. */
  List<KeyVersion> versions() {
    return Stream.concat(current(facts).stream(), previous())
        .filter(version -> !isFit(facts, version))
        .toList();
  }

  /**
   * What makes them usable.
   *
   * @param target the version that the cluster is to be rotated to afterwards
   */
  List<Restoration> restorations(KeyVersion target) {
    return versions().stream()
        .flatMap(version -> Restoration.of(version, target, facts.now()).stream())
        .toList();
  }

  private Stream<KeyVersion> previous() {
    if (ledgerTells(facts)) {
      return versionOf(facts.ledger().inPreviousSlot());
    }
    List<KeyVersion> named =
        Stream.of(versionOf(facts.ledger().currentKey()), presumed(), polled())
            .flatMap(versions -> versions)
            .distinct()
            .toList();
    return named.isEmpty() ? guess() : named.stream();
  }

  /** Somebody else has moved the cluster since the ledger saw it there. */
  private Stream<KeyVersion> presumed() {
    KeyId from = Objects.requireNonNull(facts.operation().from());
    return versionOf(Optional.ofNullable(facts.ledger().previousSlot(from).version()));
  }

  /** A server that has restarted since tells of no version that it can't use. */
  private Stream<KeyVersion> guess() {
    return older()
        .max(Comparator.comparing(KeyVersion::created))
        .filter(version -> Restoration.cures(version.fitnessAt(facts.now())))
        .stream();
  }

  /** Whether it has seen the move to the version that is current now. */
  private static boolean ledgerTells(Facts seen) {
    KeyId from = Objects.requireNonNull(seen.operation().from());
    return seen.ledger().inPreviousSlot().isPresent()
        && seen.ledger().currentKey().map(from::isSameAs).orElse(false);
  }

  private Stream<KeyVersion> versionOf(Optional<KeyId> id) {
    return id.flatMap(facts::version).stream().filter(version -> !isCurrent(version));
  }

  private Stream<KeyVersion> polled() {
    return facts.scrape() == null
        ? Stream.empty()
        : facts.versions().stream().filter(version -> !isCurrent(version)).filter(this::wasPolled);
  }

  private Stream<KeyVersion> older() {
    return current(facts).stream()
        .flatMap(
            current ->
                facts.versions().stream()
                    .filter(version -> version.id().isVersionOfSameKey(current.id()))
                    .filter(version -> version.created().isBefore(current.created())));
  }

  private boolean wasPolled(KeyVersion version) {
    KeyIdHash hash = KeyIdHash.predict(version.id());
    return facts.requireScrape().liveSamples().values().stream()
        .map(ReplicaSample::statusAt)
        .anyMatch(polled -> polled.containsKey(hash));
  }

  private boolean isCurrent(KeyVersion version) {
    return version.id().isSameAs(Objects.requireNonNull(facts.operation().from()));
  }

  private static Optional<KeyVersion> current(Facts seen) {
    Operation operation = seen.operation();
    return Optional.ofNullable(operation.from()).flatMap(seen::version);
  }

  private static boolean isFit(Facts seen, KeyVersion version) {
    return version.fitnessAt(seen.now()) == KeyFitness.FIT;
  }
}
