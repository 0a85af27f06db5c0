package dev.rekey.app.functions;

import dev.rekey.fleet.MaintenanceConfiguration;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.KubernetesVersion;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.NetworkAccess;
import dev.rekey.operation.UpdateProgress;
import dev.rekey.operation.VaultResource;
import dev.rekey.operation.preflight.ClusterSide;
import dev.rekey.operation.preflight.VaultSide;
import dev.rekey.service.port.ClusterSurroundings;
import dev.rekey.service.port.ManagedClusters;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import dev.rekey.simulation.azure.SimulatedVault;
import dev.rekey.simulation.time.VirtualTime;
import dev.rekey.storage.MemoryQueues;
import dev.rekey.storage.MemoryTable;
import dev.rekey.storage.TableRecords;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** The function app's parts in memory: no cluster in scope, one vault, empty records. */
final class MemoryParts {
  static final Map<String, String> SETTINGS =
      Map.of(
          "REKEY_SCOPES",
          "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/prod",
          "AzureWebJobsStorage__accountName",
          "store1");

  final Map<String, Long> poison = new TreeMap<>();
  private final VirtualTime time = new VirtualTime(Instant.parse("2026-03-01T12:00:00Z"));

  Parts open(Settings settings) {
    return new Parts(
        new NoClusters(),
        NothingAround.INSTANCE,
        new SimulatedVault(time, new SplittableRandom(1)),
        cluster -> {
          throw new IllegalStateException("no cluster is in scope");
        },
        new TableRecords(new MemoryTable()),
        new MemoryQueues(time),
        () -> poison,
        last -> "20260301t120000-1",
        time);
  }

  private enum NothingAround implements ClusterSurroundings {
    INSTANCE;

    @Override
    public ClusterSide cluster(ClusterName cluster) {
      throw new IllegalStateException("no cluster is in scope");
    }

    @Override
    public VaultSide vault(
        ClusterName cluster, String host, String resourceId, List<String> principals) {
      throw new IllegalStateException("no cluster is in scope");
    }
  }

  private static final class NoClusters implements ManagedClusters {
    @Override
    public List<ManagedCluster> list() {
      return List.of();
    }

    @Override
    public ManagedCluster read(ClusterName cluster) {
      throw new OutsideFault(OutsideSystem.ARM, OutsideFault.Kind.NOT_FOUND, "no such cluster");
    }

    @Override
    public Optional<MaintenanceConfiguration> maintenance(ClusterName cluster) {
      throw new IllegalStateException("no cluster is in scope");
    }

    @Override
    public String updateKms(ClusterName cluster, KmsSettings from, KmsSettings to, String etag) {
      throw new IllegalStateException("no cluster is in scope");
    }

    @Override
    public String upgradeKubernetes(ClusterName cluster, KubernetesVersion to, String etag) {
      throw new IllegalStateException("no cluster is in scope");
    }

    @Override
    public VaultResource readVault(String vaultResourceId) {
      throw new IllegalStateException("no cluster is in scope");
    }

    @Override
    public void updateVault(String vaultResourceId, NetworkAccess access) {
      throw new IllegalStateException("no cluster is in scope");
    }

    @Override
    public UpdateProgress progress(String asynchronousOperation) {
      throw new IllegalStateException("no cluster is in scope");
    }
  }
}
