package dev.rekey.app.simulated.fleet;

import dev.rekey.key.KeyEventType;
import dev.rekey.key.KeyFitness;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.Kind;
import dev.rekey.simulation.azure.UsualNeighbours;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What people do to keys and vaults, and how they put it right. Each error gives what puts it
 * right; empty where there is nothing to do it to.
 */
final class HandsOnKeys {
  private static final Duration EXPIRES_IN = Duration.ofHours(1);
  private static final Duration LATER = Duration.ofHours(1);

  /** Who asked Rekey to put it right does it by hand when it still isn't. */
  private static final Duration PATIENCE = Duration.ofDays(1);

  private final Fleet fleet;
  private final OnCall onCall;
  private final Consumer<Runnable> byOthers;
  private final Set<String> deletedVaults = new HashSet<>();

  HandsOnKeys(Fleet fleet, OnCall onCall, Consumer<Runnable> byOthers) {
    this.fleet = fleet;
    this.onCall = onCall;
    this.byOthers = byOthers;
  }

  /**
   * A version in a slot is disabled.
   *
   * @param slot 0 for the current one
   */
  Optional<Runnable> disable(FleetMember member, int slot) {
    return fitInSlot(member, slot)
        .map(
            version -> {
              fleet.vault.setEnabled(version, false);
              return () -> whenThere(version, () -> fleet.vault.setEnabled(version, true));
            });
  }

  /** A version in a slot is left to expire. */
  Optional<Runnable> letExpire(FleetMember member, int slot, int choice) {
    return fitInSlot(member, slot)
        .map(
            version -> {
              fleet.vault.setExpiry(version, fleet.time.instant().plus(EXPIRES_IN));
              fleet.vault.announce(KeyEventType.NEAR_EXPIRY, version);
              later(EXPIRES_IN, () -> hasExpired(version));
              boolean byRekey = choice % 2 == 0 && isRoomForRekey();
              return () -> extend(member, version, byRekey);
            });
  }

  private boolean isRoomForRekey() {
    return fleet.time.instant().plus(PATIENCE.multipliedBy(12)).isBefore(fleet.shape.quietFrom());
  }

  private void hasExpired(KeyId version) {
    if (fitness(version).filter(fitness -> fitness == KeyFitness.EXPIRED).isPresent()) {
      fleet.vault.announce(KeyEventType.EXPIRED, version);
    }
  }

  private void extend(FleetMember member, KeyId version, boolean byRekey) {
    if (byRekey) {
      onCall.want(member, Kind.RECOVER_EXPIRED_KEY);
      later(PATIENCE, () -> extend(member, version, false));
    } else {
      whenThere(version, () -> extend(version));
    }
  }

  private void extend(KeyId version) {
    if (fitness(version).filter(fitness -> fitness == KeyFitness.EXPIRED).isPresent()) {
      fleet.vault.setExpiry(version, null);
    }
  }

  /** The key that a cluster shows is deleted. */
  Optional<Runnable> deleteKey(FleetMember member) {
    VaultKey key = member.keys.shown().key();
    if (!fleet.vault.has(key)) {
      return Optional.empty();
    }
    fleet.vault.delete(key);
    return Optional.of(() -> recoverKey(key));
  }

  /** Only in a vault that is there. */
  private void recoverKey(VaultKey key) {
    if (deletedVaults.contains(key.vaultHost())) {
      later(LATER, () -> recoverKey(key));
    } else {
      fleet.vault.recover(key);
    }
  }

  /** The vault of a cluster's key is deleted. */
  Optional<Runnable> deleteVault(FleetMember member) {
    String host = member.home.vaultHost();
    if (!deletedVaults.add(host)) {
      return Optional.empty();
    }
    fleet.vault.deleteVault(host);
    fleet.arm.neighbours().remove(member.vaultResource);
    return Optional.of(
        () -> {
          deletedVaults.remove(host);
          fleet.vault.recoverVault(host);
          new UsualNeighbours(fleet.arm.neighbours()).vaultAgain(member.vaultResource);
        });
  }

  /** Somebody makes a version; not of a key that is deleted, until that is recovered. */
  void makeVersion(VaultKey key, Runnable made) {
    if (fleet.vault.has(key)) {
      fleet.vault.createVersion(key);
      made.run();
    } else if (fleet.time.instant().plus(LATER).isBefore(fleet.shape.quietFrom())) {
      later(LATER, () -> makeVersion(key, made));
    }
  }

  private void whenThere(KeyId version, Runnable action) {
    if (fitness(version).isPresent()) {
      action.run();
    } else {
      later(LATER, () -> whenThere(version, action));
    }
  }

  private void later(Duration delay, Runnable action) {
    fleet.time.after(delay, () -> byOthers.accept(action));
  }

  private Optional<KeyFitness> fitness(KeyId version) {
    Instant now = fleet.time.instant();
    return fleet.vault.peek(version.url()).map(found -> found.fitnessAt(now));
  }

  private Optional<KeyId> fitInSlot(FleetMember member, int slot) {
    Instant now = fleet.time.instant();
    return member.controlPlane.slots().stream()
        .skip(slot)
        .findFirst()
        .flatMap(fleet.vault::peek)
        .filter(version -> version.fitnessAt(now) == KeyFitness.FIT)
        .map(KeyVersion::id);
  }
}
