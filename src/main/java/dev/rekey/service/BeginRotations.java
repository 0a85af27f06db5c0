package dev.rekey.service;

import dev.rekey.fleet.KeyUser;
import dev.rekey.fleet.Wave;
import dev.rekey.key.KeyId;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Mode;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Route;
import dev.rekey.operation.Start;
import dev.rekey.service.port.Conflict;
import dev.rekey.service.port.FoundClusters;
import dev.rekey.service.port.Stored;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Sees, by one fresh look at vaults, ARM and our records, which clusters should be rotated, and
 * begins what may begin by itself. Earlier waves come first, so that a limit on operations never
 * lets a later one overtake them.
 */
final class BeginRotations {
  private final Ports ports;
  private final Conduct conduct;

  BeginRotations(Ports ports, Conduct conduct) {
    this.ports = ports;
    this.conduct = conduct;
  }

  /**
   * Looks at clusters.
   *
   * @param found all clusters in scope, which may hold each other back
   * @param wanted those of them that are to be rotated where it is due
   * @throws RuntimeException after all have been looked at, if a record of one can't be read
   */
  void look(FoundClusters found, Collection<ManagedCluster> wanted, Origin origin) {
    FleetLook fleet = new FleetLook(ports, conduct, found);
    List<ManagedCluster> inOrder =
        wanted.stream()
            .sorted(
                Comparator.comparing((ManagedCluster one) -> Wave.of(one.tags()))
                    .thenComparing(one -> one.name().value()))
            .toList();
    new EachInTurn(ports.signals(), "cluster-not-looked-at")
        .look(inOrder, cluster -> consider(fleet, cluster, origin));
  }

  private void consider(FleetLook fleet, ManagedCluster cluster, Origin origin) {
    ClusterLook look = fleet.look(cluster);
    if (!(look.start() instanceof Start.Rotate rotate)) {
      ports.signals().count("rotation-not-begun", look.standing());
      return;
    }
    warnOfItsTags(cluster);
    Optional<Stored<Operation>> active = ports.records().active(cluster.name());
    if (active.isEmpty()) {
      begin(fleet, look, rotate, origin);
    } else if (isOutdated(active.get().value(), cluster, rotate.to())) {
      supersede(fleet, active.get(), look, rotate, origin);
    } else {
      ports.signals().count("start-declined", "operation-active");
    }
  }

  private void warnOfItsTags(ManagedCluster cluster) {
    if (!Mode.isReadable(cluster.tags())) {
      ports.signals().tell("mode-unreadable", "observe-only", cluster.name().value());
    }
    if (!Wave.of(cluster.tags()).readable()) {
      ports.signals().tell("wave-unreadable", "last-wave", cluster.name().value());
    }
  }

  private void begin(FleetLook fleet, ClusterLook look, Start.Rotate rotate, Origin origin) {
    Optional<Hold> hold = new HoldBack(ports, conduct, fleet).from(look, rotate);
    if (hold.isPresent()) {
      decline(look.cluster(), hold.get());
    } else {
      start(fleet)
          .start(look.cluster(), Kind.ROTATE, route(look, rotate), origin)
          .ifPresent(begun -> noteBegun(fleet, look, begun));
    }
  }

  /** One that leads where nobody wants to go any more, and has changed nothing yet. */
  private static boolean isOutdated(Operation active, ManagedCluster cluster, KeyId newest) {
    KeyId to = active.to();
    return active.kind() == Kind.ROTATE
        && active.mayGiveWay()
        && cluster.isOn(active.from())
        && to != null
        && !newest.isSameAs(to);
  }

  /** The newest takes its place at once if it may begin; if not, nothing does until it may. */
  private void supersede(
      FleetLook fleet,
      Stored<Operation> active,
      ClusterLook look,
      Start.Rotate rotate,
      Origin origin) {
    Stored<Operation> ended = superseded(active, rotate.to());
    Optional<Hold> hold = new HoldBack(ports, conduct, fleet).from(look, rotate);
    if (hold.isEmpty()) {
      start(fleet)
          .inPlaceOf(ended, look.cluster(), Kind.ROTATE, route(look, rotate), origin)
          .ifPresent(begun -> noteBegun(fleet, look, begun));
      return;
    }
    try {
      ports.records().end(ended);
      ports.signals().count("operation-ended", Ending.Outcome.CANCELLED.token());
      decline(look.cluster(), hold.get());
    } catch (Conflict hasGoneOn) {
      ports.signals().count("start-declined", "operation-active");
    }
  }

  private Stored<Operation> superseded(Stored<Operation> active, KeyId by) {
    Operation operation = active.value();
    Ending ending =
        new Ending(
            Ending.Outcome.CANCELLED, Reason.SUPERSEDED, "by " + by, null, ports.time().instant());
    return active.with(operation.with(operation.progress().with(ending)));
  }

  private StartByItself start(FleetLook fleet) {
    return new StartByItself(ports, conduct, fleet.underWay());
  }

  private Route route(ClusterLook look, Start.Rotate rotate) {
    KmsSettings now = look.cluster().settings(conduct.cloud()).orElseThrow();
    return Route.of(now, now.withKey(rotate.to()));
  }

  /** Whom nobody waits for is named: what is seen on them is no sign that the version is good. */
  private void noteBegun(FleetLook fleet, ClusterLook look, Operation begun) {
    Wave wave = Wave.of(look.cluster().tags());
    KeyId target = begun.to();
    List<KeyUser> passedOver =
        target == null || wave.equals(Wave.FIRST)
            ? List.of()
            : fleet.waves(look, target).passedOver(wave);
    for (KeyUser user : passedOver) {
      ports
          .signals()
          .tell(
              "wave-not-waited-for",
              user.standing().token(),
              user.cluster() + " of " + user.wave() + ", by " + look.cluster().name());
    }
  }

  private void decline(ManagedCluster cluster, Hold hold) {
    String detail = hold.detail();
    if (detail == null) {
      ports.signals().count("rotation-not-begun", hold.reason());
    } else {
      ports.signals().tell("rotation-not-begun", hold.reason(), cluster.name() + ": " + detail);
    }
    if (hold.reason().equals(HoldBack.WINDOW_UNREADABLE)) {
      ports.signals().tell("window-unreadable", "held", cluster.name() + ": " + detail);
    }
  }
}
