package dev.rekey.reliability.museum;

import dev.rekey.app.simulated.Scenario;
import dev.rekey.app.simulated.Setup;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.service.Ports;
import java.util.List;

/** What goes wrong on the way from KMS v1 to KMS v2. */
final class MigrationExhibits {
  private MigrationExhibits() {}

  static List<Exhibit> all() {
    return List.of(wantedVersionTakenForTheRunningOne());
  }

  private static Exhibit wantedVersionTakenForTheRunningOne() {
    return new Exhibit(
        "the Kubernetes that an upgrade is to lead to is taken for the one that runs",
        "ARM's kubernetesVersion beside its currentKubernetesVersion",
        "K8",
        Setup.Tampering.of(MigrationExhibits::upgradedAtOnce),
        Sweep.calm(Scenario.MIGRATE_TO_KMS_V2));
  }

  /** As soon as KMS is off it looks as if it could be turned on again, which is KMS v1. */
  private static Ports upgradedAtOnce(Ports ports) {
    return Tamper.clusters("read", (arguments, call) -> upgraded((ManagedCluster) call.make()))
        .apply(ports);
  }

  private static ManagedCluster upgraded(ManagedCluster cluster) {
    return cluster.kms().enabled()
        ? cluster
        : new ManagedCluster(
            cluster.name(),
            cluster.resourceId(),
            cluster.experience(),
            cluster.kms(),
            "1.27.9",
            cluster.etag(),
            cluster.provisioningState(),
            cluster.tags());
  }
}
