package dev.rekey.service;

import dev.rekey.fleet.Alert;
import dev.rekey.fleet.AlertName;
import dev.rekey.fleet.Look;
import dev.rekey.key.Cloud;
import dev.rekey.key.KeptKey;
import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import dev.rekey.key.NearExpiry;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.Vault;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Watches the key versions in both slots of a cluster: the plugin's health check encrypts with
 * each, and no event speaks of the previous one.
 */
final class WatchSlots {
  private final Vault vault;
  private final InstantSource time;
  private final Cloud cloud;

  WatchSlots(Vault vault, InstantSource time, Cloud cloud) {
    this.vault = vault;
    this.time = time;
    this.cloud = cloud;
  }

  /**
   * What is wrong with either, or soon will be.
   *
   * @param ledger null if the cluster was never seen before
   * @throws OutsideFault if a vault can be reached, and gives no answer
   */
  Look look(ManagedCluster cluster, @Nullable Ledger ledger) {
    List<Alert> found = new ArrayList<>();
    for (Map.Entry<KeyId, String> slot : slots(cluster, ledger).entrySet()) {
      try {
        found.addAll(look(cluster, slot.getKey(), slot.getValue(), found));
      } catch (OutsideFault fault) {
        return silent(slot.getKey(), fault);
      }
    }
    return Look.of(
        found,
        AlertName.SLOT_NEAR_EXPIRY,
        AlertName.SLOT_UNUSABLE,
        AlertName.KEY_MISSING,
        AlertName.VAULT_UNREACHABLE);
  }

  /** Of what a vault can't be asked for nothing is told; that it can't be reached is. */
  private static Look silent(KeyId version, OutsideFault fault) {
    if (fault.kind() != OutsideFault.Kind.UNREACHABLE) {
      throw fault;
    }
    String host = version.key().vaultHost();
    return Look.of(
        List.of(
            AlertName.VAULT_UNREACHABLE.about(
                host,
                fault.token(),
                fault.getMessage()
                    + "; if it was deleted, type: az keyvault recover --name "
                    + host.substring(0, host.indexOf('.')))),
        AlertName.VAULT_UNREACHABLE);
  }

  /** The versions in the slots, as far as they are known, with what the slot is called. */
  private Map<KeyId, String> slots(ManagedCluster cluster, @Nullable Ledger ledger) {
    Map<KeyId, String> slots = new LinkedHashMap<>();
    if (cluster.experience() == KmsExperience.VERSIONED_KEY) {
      Optional<KeyId> current = Ledgers.parse(cluster.keyId(), cloud);
      current.ifPresent(version -> slots.put(version, "current"));
      current
          .flatMap(version -> previous(version, ledger))
          .ifPresent(version -> slots.putIfAbsent(version, "previous"));
    }
    return slots;
  }

  private Optional<KeyId> previous(KeyId current, @Nullable Ledger ledger) {
    return Optional.ofNullable(ledger)
        .flatMap(known -> Optional.ofNullable(known.previousSlot(current).version()))
        .filter(version -> Ledgers.parse(version.url(), cloud).isPresent()); // promise K9
  }

  private List<Alert> look(
      ManagedCluster cluster, KeyId version, String slot, List<Alert> already) {
    Instant now = time.instant();
    String needs = cluster.name() + " needs " + version + " in its " + slot + " slot: ";
    try {
      KeptKey kept = KeptKey.of(version, vault.versions(version.key()), now);
      return kept.isAtRisk() ? List.of(alert(kept, needs, now)) : List.of();
    } catch (OutsideFault fault) {
      if (fault.kind() != OutsideFault.Kind.NOT_FOUND) {
        throw fault;
      }
      Alert missing = missing(version, needs, now);
      return already.stream().anyMatch(missing::isSameAs) ? List.of() : List.of(missing);
    }
  }

  private static Alert alert(KeptKey kept, String needs, Instant now) {
    Optional<NearExpiry> near = kept.nearExpiry(now);
    AlertName name = near.isPresent() ? AlertName.SLOT_NEAR_EXPIRY : AlertName.SLOT_UNUSABLE;
    return name.about(
        kept.version().url(),
        near.map(NearExpiry::token).orElse(kept.state().token()),
        needs
            + kept.state().sentence()
            + (kept.expires() == null ? "" : " (expiry: " + kept.expires() + ")")
            + "; type: "
            + kept.remedy());
  }

  /** Both slots may need the one key. */
  private static Alert missing(KeyId version, String needs, Instant now) {
    return AlertName.KEY_MISSING.about(
        version.key().toString(),
        "deleted",
        needs
            + "the vault has no such key any more; type: "
            + KeptKey.of(version, List.of(), now).remedy());
  }
}
