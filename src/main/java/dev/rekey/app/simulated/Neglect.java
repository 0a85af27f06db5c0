package dev.rekey.app.simulated;

import dev.rekey.fleet.OpenAlerts;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Ledger;
import dev.rekey.key.ProvedOn;
import dev.rekey.service.port.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Somebody forgets that a slot needs a key version, and whoever is alerted puts it right. Rekey has
 * rotated the cluster long ago, so that it knows both slots.
 */
final class Neglect {
  private static final String EARLIER = "0-earlier";
  private static final String NEAR_EXPIRY = "slot-near-expiry";
  private static final String UNUSABLE = "slot-unusable";

  /** Of the version that is left to expire: told of at once, and nearer a day later. */
  static final Duration LIFETIME = Duration.ofDays(2);

  private static final Duration A_MOMENT = Duration.ofMinutes(1);
  private static final Duration A_WHILE = Duration.ofHours(1);
  private static final Duration HALF_A_DAY = Duration.ofHours(12);
  private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(10);
  private static final Duration MOST_PATIENT = Duration.ofHours(6);

  private final SimulatedWorld world;

  Neglect(SimulatedWorld world) {
    this.world = world;
  }

  static boolean isAbout(Scenario scenario) {
    return scenario == Scenario.PREVIOUS_LEFT_TO_EXPIRE || scenario == Scenario.NEEDED_DISABLED;
  }

  /** All of it: the cluster is on the second version with every Secret, and our ledger says so. */
  void rotatedLongAgo() {
    Instant met = world.time.instant();
    KeyId first = world.keys.shown();
    world.time.advance(A_MOMENT);
    KeyId second = world.vault.createVersion(SimulatedWorld.KEY);
    world.vault.takeEvents();
    world.arm.rotatedByAnother(world.name, second);
    world.time.advance(A_WHILE);
    world.keys.shown(); // ARM notices that it has come to its end
    world.cluster.oracle().secrets().forEach(world.disturbances()::edit);
    Instant moved = world.time.instant();
    String etag = world.arm.etagShown(world.name);
    world.records.begin(
        world.name,
        Ledger.firstSeen(met, first)
            .mayBeInSlot(second, moved, EARLIER)
            .current(second, moved, EARLIER)
            .proved(new ProvedOn(second, etag, moved, EARLIER)));
  }

  /** First it is days away, then hours; in between the app stands still. */
  void leavePreviousToExpire() {
    KeyId previous = versions().get(0).id();
    Instant expiry = expiry(versions().get(0));
    await(NEAR_EXPIRY, previous, 1);
    world.time.advanceTo(expiry.minus(HALF_A_DAY));
    await(NEAR_EXPIRY, previous, 2);
    world.time.advanceTo(expiry.plus(A_MOMENT));
    await(UNUSABLE, previous, 1);
    world.vault.setExpiry(previous, null);
    awaitEndOf(previous);
  }

  private static Instant expiry(KeyVersion version) {
    return Objects.requireNonNull(version.expires(), "it was made so");
  }

  void disableBoth() {
    for (KeyVersion needed : List.of(versions().get(1), versions().get(0))) {
      world.vault.setEnabled(needed.id(), false);
      await(UNUSABLE, needed.id(), 1);
      world.vault.setEnabled(needed.id(), true);
      awaitEndOf(needed.id());
    }
  }

  private List<KeyVersion> versions() {
    return world.vault.allVersions(SimulatedWorld.KEY);
  }

  private void await(String signal, KeyId about, int times) {
    Instant end = world.time.instant().plus(MOST_PATIENT);
    while (world.signals.howOftenTold(signal, about) < times
        && world.time.instant().isBefore(end)) {
      world.passTheTime(BETWEEN_LOOKS);
    }
  }

  /** An alert that was told and not stored, as where the instance died, is over at once. */
  private void awaitEndOf(KeyId version) {
    Instant end = world.time.instant().plus(MOST_PATIENT);
    do {
      world.passTheTime(BETWEEN_LOOKS);
    } while (isOpen(world, version) && world.time.instant().isBefore(end));
  }

  /** What expired was told of before and then, and is over. */
  static boolean isExtended(SimulatedWorld world) {
    KeyId previous = world.vault.allVersions(SimulatedWorld.KEY).get(0).id();
    return isToldOf(world, NEAR_EXPIRY, previous)
        && isToldOf(world, UNUSABLE, previous)
        && !isOpen(world, previous);
  }

  /** Each of both was told of, and is over. */
  static boolean areEnabled(SimulatedWorld world) {
    return world.vault.allVersions(SimulatedWorld.KEY).stream()
        .limit(2)
        .map(KeyVersion::id)
        .allMatch(version -> isToldOf(world, UNUSABLE, version) && !isOpen(world, version));
  }

  private static boolean isOpen(SimulatedWorld world, KeyId version) {
    return world
        .records
        .alerts(world.name)
        .map(Stored::value)
        .filter(alerts -> alerts.open().stream().anyMatch(one -> isAbout(one, version)))
        .isPresent();
  }

  private static boolean isAbout(OpenAlerts.Open one, KeyId version) {
    return one.alert().subject().equals(version.url());
  }

  /** Others may have put it out of its slot before. */
  private static boolean isToldOf(SimulatedWorld world, String signal, KeyId version) {
    return world.signals.hasTold(signal, version) || world.disturbances().haveHappened();
  }
}
