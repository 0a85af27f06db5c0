package dev.rekey.service;

import dev.rekey.key.Cloud;
import dev.rekey.key.KeptKey;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Ledger;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.Stored;
import java.util.List;
import java.util.Optional;

/**
 * Watches the key version that a cluster used last before KMS was turned off, by Rekey or by hand:
 * AKS goes on using it, and nothing else tells when it expires.
 */
final class WatchKeptKeys {
  private final Ports ports;
  private final Cloud cloud;

  WatchKeptKeys(Ports ports, Cloud cloud) {
    this.ports = ports;
    this.cloud = cloud;
  }

  /**
   * Tells of each that is at risk, or soon will be. A fault with one keeps no other from being
   * looked at.
   *
   * @throws RuntimeException after all have been looked at, if a record of one can't be read
   */
  void look(List<ManagedCluster> clusters) {
    new EachInTurn(ports.signals(), "key-not-looked-at").look(clusters, this::look);
  }

  private void look(ManagedCluster cluster) {
    if (isOff(cluster)) {
      ports
          .records()
          .ledger(cluster.name())
          .map(Stored::value)
          .flatMap(ledger -> of(cluster, ledger))
          .filter(KeptKey::isAtRisk)
          .ifPresent(kept -> tell(cluster, kept));
    }
  }

  private void tell(ManagedCluster cluster, KeptKey kept) {
    ports
        .signals()
        .tell(
            "kept-key-at-risk",
            kept.state().token(),
            cluster.name()
                + " has KMS off, and AKS goes on using "
                + kept.version()
                + ": "
                + kept.state().sentence()
                + (kept.expires() == null ? "" : " (expiry: " + kept.expires() + ")")
                + "; type: "
                + kept.remedy());
  }

  /**
   * How a cluster's kept key version stands; empty if KMS is on, or nobody knows which it was.
   *
   * @throws OutsideFault if the vault gives no answer
   */
  Optional<KeptKey> of(ManagedCluster cluster, Ledger ledger) {
    return isOff(cluster)
        ? ledger
            .lastInUse()
            .filter(version -> Ledgers.parse(version.url(), cloud).isPresent()) // promise K9
            .map(this::inVault)
        : Optional.empty();
  }

  private static boolean isOff(ManagedCluster cluster) {
    return cluster.experience() == KmsExperience.NONE;
  }

  /**
   * How a key version stands in its vault.
   *
   * @throws OutsideFault if the vault gives no answer
   */
  KeptKey inVault(KeyId version) {
    return KeptKey.of(version, versions(version.key()), ports.time().instant());
  }

  /** A key that was deleted is what is watched for. */
  private List<KeyVersion> versions(VaultKey key) {
    try {
      return ports.vault().versions(key);
    } catch (OutsideFault fault) {
      if (fault.kind() == OutsideFault.Kind.NOT_FOUND) {
        return List.of();
      }
      throw fault;
    }
  }
}
