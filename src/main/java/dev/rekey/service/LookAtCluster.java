package dev.rekey.service;

import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Ledger;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Start;
import java.util.List;
import java.util.Optional;

/** Sees which key version a cluster uses, which there are, and whether it should be rotated. */
final class LookAtCluster {
  private final Ports ports;
  private final Cloud cloud;

  LookAtCluster(Ports ports, Cloud cloud) {
    this.ports = ports;
    this.cloud = cloud;
  }

  ClusterLook look(ManagedCluster cluster, Ledger ledger) {
    Optional<KeyId> from = Ledgers.parse(cluster.keyId(), cloud);
    if (from.isEmpty()) {
      Start nothing = new Start.Nothing(Start.Idle.KMS_NOT_ON_VERSIONED_KEY);
      return new ClusterLook(cluster, null, List.of(), nothing);
    }
    List<KeyVersion> versions = ports.vault().versions(from.get().key());
    Start start = Start.decide(cluster, from.get(), versions, ledger, ports.time().instant());
    return new ClusterLook(cluster, from.get(), versions, start);
  }
}
