package dev.rekey.service;

import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Mode;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Start;
import dev.rekey.service.port.FoundClusters;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.Stored;
import java.util.Optional;
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
    return new FleetReport(
        found.clusters().stream().map(this::report).toList(),
        found.missing().stream().map(fault -> String.valueOf(fault.getMessage())).toList());
  }

  private ClusterReport report(ManagedCluster cluster) {
    try {
      Ledger ledger = ledger(cluster);
      ClusterLook look = new LookAtCluster(ports, conduct.cloud()).look(cluster, ledger);
      Operation active = ports.records().active(cluster.name()).map(Stored::value).orElse(null);
      return new ClusterReport(
          cluster,
          conduct.mode().with(cluster.tags()),
          active == null ? standing(look, ledger) : "operation-active",
          newest(look.start()),
          active,
          new WatchKeptKeys(ports.vault(), ports.time(), conduct.cloud())
              .of(cluster, ledger)
              .orElse(null),
          ledger.proved());
    } catch (OutsideFault fault) {
      Mode mode = conduct.mode().with(cluster.tags());
      return new ClusterReport(
          cluster, mode, "not-looked-at " + fault.token(), null, null, null, null);
    }
  }

  /** A rotation that is due and can't begin by itself says why. */
  private String standing(ClusterLook look, Ledger ledger) {
    Optional<Start.Idle> against =
        look.start() instanceof Start.Rotate rotate
            ? new EarlierRefusal(ports).against(look, ledger, rotate.to())
            : Optional.empty();
    return against.map(Start.Idle::token).orElse(ConsiderCluster.token(look.start()));
  }

  /** One that was never seen before would propose whatever it found. */
  private Ledger ledger(ManagedCluster cluster) {
    return new Ledgers(ports.records()).look(cluster.name(), null, ports.time().instant());
  }

  private static @Nullable KeyId newest(Start start) {
    if (start instanceof Start.Rotate rotate) {
      return rotate.to();
    }
    return start instanceof Start.Propose propose ? propose.to() : null;
  }
}
