package dev.rekey.service;

import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Ledger;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Start;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Sees which key version a cluster uses, which there are, and whether it should be rotated. */
final class LookAtCluster {
  private final Function<VaultKey, List<KeyVersion>> vault;
  private final InstantSource time;
  private final Cloud cloud;

  LookAtCluster(Ports ports, Cloud cloud) {
    this(ports.vault()::versions, ports.time(), cloud);
  }

  /**
   * @param vault gives all versions of a key
   */
  LookAtCluster(Function<VaultKey, List<KeyVersion>> vault, InstantSource time, Cloud cloud) {
    this.vault = vault;
    this.time = time;
    this.cloud = cloud;
  }

  ClusterLook look(ManagedCluster cluster, Ledger ledger) {
    Optional<KeyId> from = Ledgers.parse(cluster.keyId(), cloud);
    if (from.isEmpty()) {
      Start nothing = new Start.Nothing(Start.Idle.KMS_NOT_ON_VERSIONED_KEY);
      return new ClusterLook(cluster, null, List.of(), nothing);
    }
    List<KeyVersion> versions = vault.apply(from.get().key());
    Start start = Start.decide(cluster, from.get(), versions, ledger, time.instant());
    return new ClusterLook(cluster, from.get(), versions, start);
  }
}
