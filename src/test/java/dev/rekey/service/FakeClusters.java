package dev.rekey.service;

import dev.rekey.fleet.MaintenanceConfiguration;
import dev.rekey.key.KeyId;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.KubernetesVersion;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.NetworkAccess;
import dev.rekey.operation.ShownKms;
import dev.rekey.operation.UpdateProgress;
import dev.rekey.operation.VaultResource;
import dev.rekey.service.port.ManagedClusters;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** ARM in memory: takes an update at once, unless a test scripts a fault. */
class FakeClusters implements ManagedClusters {
  final Map<String, ManagedCluster> clusters = new TreeMap<>();
  final List<String> log;

  /** Thrown by the next calls of this name, in order. */
  final Deque<OutsideFault> readFaults = new ArrayDeque<>();

  final Deque<OutsideFault> updateFaults = new ArrayDeque<>();
  final Deque<OutsideFault> progressFaults = new ArrayDeque<>();

  /** What an accepted update leads to. */
  Consumer<KeyId> onUpdate = key -> {};

  UpdateProgress progress = new UpdateProgress(UpdateProgress.State.SUCCEEDED, null);
  private int changes = 1;

  FakeClusters(List<String> log) {
    this.log = log;
  }

  void put(ManagedCluster cluster) {
    clusters.put(cluster.name().value(), cluster);
  }

  /** Someone else changes the cluster. */
  void change(ClusterName name, String keyId, String provisioningState) {
    ManagedCluster old = clusters.get(name.value());
    put(
        new ManagedCluster(
            name,
            old.resourceId(),
            old.experience(),
            ShownKms.on(keyId),
            old.kubernetesVersion(),
            "\"etag-" + ++changes + "\"",
            provisioningState,
            old.tags()));
  }

  /** What a list fails with. */
  OutsideFault listFault;

  @Override
  public List<ManagedCluster> list() {
    if (listFault != null) {
      throw listFault;
    }
    return List.copyOf(clusters.values());
  }

  @Override
  public ManagedCluster read(ClusterName cluster) {
    throwNext(readFaults);
    ManagedCluster found = clusters.get(cluster.value());
    if (found == null) {
      throw new OutsideFault(OutsideSystem.ARM, OutsideFault.Kind.NOT_FOUND, "no such cluster");
    }
    return found;
  }

  /** The maintenance configuration of every cluster; null for none. */
  MaintenanceConfiguration maintenance;

  /** Thrown by the next looks at it, in order. */
  final Deque<OutsideFault> maintenanceFaults = new ArrayDeque<>();

  int maintenanceLooks;

  @Override
  public Optional<MaintenanceConfiguration> maintenance(ClusterName cluster) {
    maintenanceLooks++;
    throwNext(maintenanceFaults);
    return Optional.ofNullable(maintenance);
  }

  @Override
  public String updateKms(ClusterName cluster, KmsSettings from, KmsSettings to, String etag) {
    KeyId key = Objects.requireNonNull(to.key());
    log.add("update sent to " + key.version());
    throwNext(updateFaults);
    ManagedCluster now = clusters.get(cluster.value());
    if (!now.isAt(from) || !etag.equals(now.etag())) {
      throw new OutsideFault(
          OutsideSystem.ARM, OutsideFault.Kind.CHANGED_MEANWHILE, "changed meanwhile");
    }
    change(cluster, key.url(), "Succeeded");
    onUpdate.accept(key);
    return "https://management.azure.com/operations/1";
  }

  @Override
  public String upgradeKubernetes(ClusterName cluster, KubernetesVersion to, String etag) {
    throw new IllegalStateException("no upgrade");
  }

  @Override
  public VaultResource readVault(String vaultResourceId) {
    throw new IllegalStateException("no vault");
  }

  @Override
  public void updateVault(String vaultResourceId, NetworkAccess access) {
    log.add("vault to be " + access);
  }

  @Override
  public UpdateProgress progress(String asynchronousOperation) {
    throwNext(progressFaults);
    return progress;
  }

  private static void throwNext(Deque<OutsideFault> faults) {
    if (!faults.isEmpty()) {
      throw faults.poll();
    }
  }
}
