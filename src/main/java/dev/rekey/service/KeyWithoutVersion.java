package dev.rekey.service;

import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Operation;
import dev.rekey.service.port.OutsideFault;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What can be known of the key of a cluster that ARM shows without a version of it: the versions
 * that the vault holds. Which of them AKS uses, only the API servers show, by hashes.
 */
final class KeyWithoutVersion {
  private final Ports ports;

  KeyWithoutVersion(Ports ports) {
    this.ports = ports;
  }

  /**
   * The cluster of an operation whose route is unknown; null where ARM doesn't know it, but its
   * kubeconfig alone.
   *
   * @throws OutsideFault if ARM gives no answer
   */
  @Nullable ManagedCluster cluster(Operation operation) {
    try {
      return ports.clusters().read(operation.cluster());
    } catch (OutsideFault fault) {
      if (fault.kind() == OutsideFault.Kind.NOT_FOUND) {
        return null;
      }
      throw fault;
    }
  }

  /**
   * The versions of the customer's key, oldest first; none where the key is AKS' own, and where the
   * vault doesn't show them: it may be closed to all but AKS, and nothing waits for it.
   */
  List<KeyId> versions(ManagedCluster cluster) {
    Optional<VaultKey> key = key(cluster.keyId());
    try {
      return key.isEmpty()
          ? List.of()
          : ports.vault().versions(key.get()).stream()
              .sorted(Comparator.comparing(KeyVersion::created))
              .map(KeyVersion::id)
              .toList();
    } catch (OutsideFault fault) {
      ports.signals().tell("key-not-looked-at", fault);
      return List.of();
    }
  }

  /** The host is one of a vault's, of whichever cloud: the vault's adapter asks only its own. */
  private static Optional<VaultKey> key(@Nullable String shown) {
    String plain = shown == null ? "" : shown.replaceFirst("/$", "");
    return Arrays.stream(Cloud.values())
        .flatMap(
            cloud ->
                Ledgers.parse(plain, cloud).or(() -> Ledgers.parse(plain + "/any", cloud)).stream())
        .map(KeyId::key)
        .findFirst();
  }
}
