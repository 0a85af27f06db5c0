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
 * one is what the ledger says; where that doesn't know it, any other version of which an API server
 * tells that it has polled it; where none tells, the newest older one, if it could be made usable.
 */
final class UnusableSlots {
  private final Facts facts;

  UnusableSlots(Facts facts) {
    this.facts = facts;
  }

  /** Whether only the API servers can tell which version is in the previous slot. */
  static boolean needSamples(Facts seen) {
    return seen.ledger().previousKey().isEmpty()
        && current(seen).map(version -> isFit(seen, version)).orElse(false);
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
    Optional<KeyId> known = facts.ledger().previousKey();
    if (known.isPresent()) {
      return facts.version(known.get()).stream().filter(version -> !isCurrent(version));
    }
    List<KeyVersion> polled =
        facts.scrape() == null
            ? List.of()
            : facts.versions().stream()
                .filter(version -> !isCurrent(version))
                .filter(this::wasPolled)
                .toList();
    return polled.isEmpty() ? guess() : polled.stream();
  }

  /** A server that has restarted since tells of no version that it can't use. */
  private Stream<KeyVersion> guess() {
    return older()
        .max(Comparator.comparing(KeyVersion::created))
        .filter(version -> Restoration.cures(version.fitnessAt(facts.now())))
        .stream();
  }

  private Stream<KeyVersion> older() {
    return current(facts).stream()
        .flatMap(
            current ->
                facts.versions().stream()
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
