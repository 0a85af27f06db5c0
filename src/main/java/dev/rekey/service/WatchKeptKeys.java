package dev.rekey.service;

import dev.rekey.fleet.AlertName;
import dev.rekey.fleet.Look;
import dev.rekey.key.Cloud;
import dev.rekey.key.KeptKey;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Ledger;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.Vault;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Watches the key version that a cluster used last before KMS was turned off, by Rekey or by hand:
 * AKS goes on using it, and nothing else tells when it expires.
 */
final class WatchKeptKeys {
  private final Vault vault;
  private final InstantSource time;
  private final Cloud cloud;

  WatchKeptKeys(Vault vault, InstantSource time, Cloud cloud) {
    this.vault = vault;
    this.time = time;
    this.cloud = cloud;
  }

  /**
   * Whether it is at risk, or soon will be.
   *
   * @param ledger null if the cluster was never seen before
   * @throws OutsideFault if the vault gives no answer
   */
  Look look(ManagedCluster cluster, @Nullable Ledger ledger) {
    return Look.of(
        Optional.ofNullable(ledger)
            .flatMap(known -> of(cluster, known))
            .filter(KeptKey::isAtRisk)
            .map(
                kept ->
                    AlertName.KEPT_KEY_AT_RISK.about(
                        kept.version().url(), kept.state().token(), detail(cluster, kept)))
            .stream()
            .toList(),
        AlertName.KEPT_KEY_AT_RISK);
  }

  private static String detail(ManagedCluster cluster, KeptKey kept) {
    return cluster.name()
        + " has KMS off, and AKS goes on using "
        + kept.version()
        + ": "
        + kept.state().sentence()
        + (kept.expires() == null ? "" : " (expiry: " + kept.expires() + ")")
        + "; type: "
        + kept.remedy();
  }

  /**
   * How a cluster's kept key version stands; empty if KMS is on, or nobody knows which it was.
   *
   * @throws OutsideFault if the vault gives no answer
   */
  Optional<KeptKey> of(ManagedCluster cluster, Ledger ledger) {
    return cluster.experience() == KmsExperience.NONE
        ? ledger
            .lastInUse()
            .filter(version -> Ledgers.parse(version.url(), cloud).isPresent()) // promise K9
            .map(this::inVault)
        : Optional.empty();
  }

  /**
   * How a key version stands in its vault.
   *
   * @throws OutsideFault if the vault gives no answer
   */
  KeptKey inVault(KeyId version) {
    return KeptKey.of(version, versions(version.key()), time.instant());
  }

  /** A key that was deleted is what is watched for. */
  private List<KeyVersion> versions(VaultKey key) {
    try {
      return vault.versions(key);
    } catch (OutsideFault fault) {
      if (fault.kind() == OutsideFault.Kind.NOT_FOUND) {
        return List.of();
      }
      throw fault;
    }
  }
}
