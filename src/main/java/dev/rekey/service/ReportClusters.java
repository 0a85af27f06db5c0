package dev.rekey.service;

import dev.rekey.fleet.Wave;
import dev.rekey.fleet.WaveRelease;
import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Mode;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Start;
import dev.rekey.service.port.FoundClusters;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.Stored;
import org.jspecify.annotations.Nullable;

/** How every cluster in scope stands, those without KMS too. Changes nothing. */
public final class ReportClusters {
  private final Ports ports;
  private final Conduct conduct;

  public ReportClusters(Ports ports, Conduct conduct) {
    this.ports = ports;
    this.conduct = conduct;
  }

  /**
   * Looks at each. What can't be looked at is in the report too.
   *
   * @throws OutsideFault if storage gives no answer
   */
  public FleetReport report() {
    FoundClusters found = ports.clusters().find();
    FleetLook fleet = FleetLook.only(ports, conduct, found);
    return new FleetReport(
        found.clusters().stream().map(cluster -> report(fleet, cluster)).toList(),
        found.missing().stream().map(fault -> String.valueOf(fault.getMessage())).toList());
  }

  private ClusterReport report(FleetLook fleet, ManagedCluster cluster) {
    try {
      Ledger ledger = fleet.ledger(cluster);
      ClusterLook look = fleet.look(cluster);
      Operation active = ports.records().active(cluster.name()).map(Stored::value).orElse(null);
      Hold hold = active == null ? hold(fleet, look) : null;
      return new ClusterReport(
          cluster,
          conduct.mode().with(cluster.tags()),
          active == null ? standing(look, hold) : "operation-active",
          newest(look.start()),
          active,
          new WatchKeptKeys(ports, conduct.cloud()).of(cluster, ledger).orElse(null),
          ledger.proved(),
          hold,
          released(fleet, cluster, look));
    } catch (OutsideFault fault) {
      Mode mode = conduct.mode().with(cluster.tags());
      return new ClusterReport(
          cluster, mode, "not-looked-at " + fault.token(), null, null, null, null, null, null);
    }
  }

  /** A rotation that is due and doesn't begin by itself says why. */
  private @Nullable Hold hold(FleetLook fleet, ClusterLook look) {
    return look.start() instanceof Start.Rotate rotate
        ? new HoldBack(ports, conduct, fleet).from(look, rotate).orElse(null)
        : null;
  }

  /** In observe nothing ever begins; that it is due is what there is to know. */
  private static String standing(ClusterLook look, @Nullable Hold hold) {
    return hold == null || hold.reason().equals("observe-only") ? look.standing() : hold.reason();
  }

  /** By whom the cluster's wave may go to the version that it would be rotated to. */
  private static @Nullable WaveRelease released(
      FleetLook fleet, ManagedCluster cluster, ClusterLook look) {
    return look.start() instanceof Start.Rotate rotate
        ? fleet
            .releases(rotate.to().key())
            .allowing(Wave.of(cluster.tags()), rotate.to())
            .orElse(null)
        : null;
  }

  private static @Nullable KeyId newest(Start start) {
    if (start instanceof Start.Rotate rotate) {
      return rotate.to();
    }
    return start instanceof Start.Propose propose ? propose.to() : null;
  }
}
