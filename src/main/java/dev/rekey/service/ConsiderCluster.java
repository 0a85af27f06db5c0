package dev.rekey.service;

import dev.rekey.key.Ledger;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Mode;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Route;
import dev.rekey.operation.Start;

/**
 * Sees, by a fresh look at vault and ARM, whether a cluster should be rotated, and begins the
 * rotation.
 */
final class ConsiderCluster {
  private final Ports ports;
  private final Conduct conduct;
  private final LookAtCluster lookAt;

  ConsiderCluster(Ports ports, Conduct conduct) {
    this.ports = ports;
    this.conduct = conduct;
    this.lookAt = new LookAtCluster(ports, conduct.cloud());
  }

  void consider(ManagedCluster cluster, Origin origin) {
    Ledger ledger =
        new Ledgers(ports.records())
            .of(
                cluster.name(),
                Ledgers.parse(cluster.keyId(), conduct.cloud()).orElse(null),
                ports.time().instant())
            .value();
    ClusterLook look = lookAt.look(cluster, ledger);
    if (look.start() instanceof Start.Rotate rotate) {
      rotate(look, ledger, rotate, origin);
    } else {
      decline(token(look.start()));
    }
  }

  /** The stable token of a decision. */
  static String token(Start start) {
    if (start instanceof Start.Rotate) {
      return "rotation-due";
    }
    return start instanceof Start.Nothing nothing
        ? nothing.idle().token()
        : "version-from-before-first-meeting";
  }

  private void rotate(ClusterLook look, Ledger ledger, Start.Rotate rotate, Origin origin) {
    ManagedCluster cluster = look.cluster();
    Mode mode = conduct.mode().with(cluster.tags());
    if (mode != Mode.AUTO) {
      decline(mode == Mode.APPROVE ? "approval-needed" : "observe-only");
    } else {
      new EarlierRefusal(ports)
          .against(look, ledger, rotate.to())
          .ifPresentOrElse(idle -> decline(idle.token()), () -> begin(cluster, rotate, origin));
    }
  }

  private void begin(ManagedCluster cluster, Start.Rotate rotate, Origin origin) {
    KmsSettings now = cluster.settings(conduct.cloud()).orElseThrow();
    Route route = Route.of(now, now.withKey(rotate.to()));
    new StartOperation(ports).start(cluster.name(), Kind.ROTATE, route, origin);
  }

  private void decline(String reason) {
    ports.signals().count("rotation-not-begun", reason);
  }
}
