package dev.rekey.app.simulated.fleet;

import dev.rekey.key.KeyId;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.Kind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What people do to clusters and their identities, and how they put it right. Each error gives what
 * puts it right; empty where there is nothing to do it to.
 */
final class HandsOnClusters {
  private final Fleet fleet;
  private final OnCall onCall;
  private final Consumer<Runnable> byOthers;
  private final Consumer<FleetMember> moved;
  private final Map<FleetMember, Set<ErrorKind>> identities = new HashMap<>();

  /**
   * @param moved told of each cluster that somebody has given another key
   */
  HandsOnClusters(
      Fleet fleet, OnCall onCall, Consumer<Runnable> byOthers, Consumer<FleetMember> moved) {
    this.fleet = fleet;
    this.onCall = onCall;
    this.byOthers = byOthers;
    this.moved = moved;
  }

  Optional<Runnable> deleteIdentity(FleetMember member) {
    return identity(member, ErrorKind.IDENTITY_DELETED, member.identity::delete);
  }

  Optional<Runnable> takeRights(FleetMember member) {
    return identity(member, ErrorKind.RIGHTS_TAKEN, member.identity::takeRights);
  }

  private Optional<Runnable> identity(FleetMember member, ErrorKind kind, Runnable harm) {
    Set<ErrorKind> wrong =
        identities.computeIfAbsent(member, unused -> EnumSet.noneOf(ErrorKind.class));
    if (!wrong.add(kind)) {
      return Optional.empty();
    }
    harm.run();
    member.serversIdentity.setStripped(true);
    return Optional.of(() -> mend(member, wrong, kind));
  }

  /** An identity that was deleted is another one when it is made anew, with all its rights. */
  private static void mend(FleetMember member, Set<ErrorKind> wrong, ErrorKind kind) {
    wrong.remove(kind);
    if (kind == ErrorKind.IDENTITY_DELETED) {
      member.identity.make();
      wrong.clear();
    } else if (wrong.isEmpty()) {
      member.identity.giveRights();
    }
    member.serversIdentity.setStripped(!wrong.isEmpty());
  }

  /** To the newest version, or to one made for it where the cluster is on that already. */
  Optional<Runnable> changeKeyId(FleetMember member) {
    VaultKey key = member.keys.shown().key();
    if (!member.keys.isOn() || !fleet.vault.has(key)) {
      return Optional.empty();
    }
    Optional<KeyId> newer =
        OnCall.newestFit(fleet, key).filter(newest -> !newest.equals(member.keys.shown()));
    move(member, newer.orElseGet(() -> fleet.vault.createVersion(key)));
    return Optional.of(() -> onCall.want(member, Kind.REENCRYPT));
  }

  /**
   * @param choice decides how soon the second time is, within the hour
   */
  Optional<Runnable> changeKeyIdTwice(FleetMember member, int choice) {
    VaultKey key = member.keys.shown().key();
    if (!member.keys.isOn() || !fleet.vault.has(key)) {
      return Optional.empty();
    }
    move(member, fleet.vault.createVersion(key));
    Duration pause = Duration.ofMinutes(1 + choice % 60);
    fleet.time.after(pause, () -> byOthers.accept(() -> again(member, key)));
    return Optional.of(() -> onCall.want(member, Kind.REENCRYPT));
  }

  private void again(FleetMember member, VaultKey key) {
    if (member.keys.isOn() && fleet.vault.has(key)) {
      move(member, fleet.vault.createVersion(key));
    }
  }

  Optional<Runnable> useAnotherKey(FleetMember member) {
    boolean isThere = fleet.vault.has(fleet.spareOf(member));
    if (!member.keys.isOn() || !isThere || !isHome(member)) {
      return Optional.empty();
    }
    return OnCall.newestFit(fleet, fleet.spareOf(member))
        .map(
            other -> {
              move(member, other);
              return () -> onCall.want(member, Kind.ROTATE);
            });
  }

  private static boolean isAllUnderShown(FleetMember member) {
    return member.cluster.oracle().under(member.keys.shown().url())
        == member.cluster.oracle().count();
  }

  private static boolean isHome(FleetMember member) {
    return member.keys.shown().key().isSameKeyAs(member.home);
  }

  private void move(FleetMember member, KeyId to) {
    fleet.arm.rotatedByAnother(member.name, to);
    moved.accept(member);
  }

  /**
   * Not where Secrets lie under the previous slot's version still: nothing reads that with KMS off.
   */
  Optional<Runnable> turnOff(FleetMember member) {
    if (!member.keys.isOn() || !isAllUnderShown(member)) {
      return Optional.empty();
    }
    fleet.arm.turnedOffByAnother(member.name);
    moved.accept(member);
    return Optional.of(() -> onCall.want(member, Kind.ENABLE));
  }
}
