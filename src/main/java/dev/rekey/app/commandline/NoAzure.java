package dev.rekey.app.commandline;

import dev.rekey.fleet.MaintenanceConfiguration;
import dev.rekey.key.Extension;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Restoration;
import dev.rekey.key.RotationPolicy;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.KubernetesVersion;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.NetworkAccess;
import dev.rekey.operation.UpdateProgress;
import dev.rekey.operation.VaultResource;
import dev.rekey.operation.preflight.ClusterSide;
import dev.rekey.operation.preflight.Reading;
import dev.rekey.operation.preflight.VaultSide;
import dev.rekey.service.port.ClusterSurroundings;
import dev.rekey.service.port.ManagedClusters;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import dev.rekey.service.port.Vault;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stands where Azure would, for a cluster that is known by its kubeconfig only. */
final class NoAzure implements ManagedClusters, ClusterSurroundings, Vault {
  private static final String ABSENT = "only a kubeconfig was given";

  @Override
  public List<ManagedCluster> list() {
    return List.of();
  }

  @Override
  public ManagedCluster read(ClusterName cluster) {
    throw absent(OutsideSystem.ARM);
  }

  @Override
  public Optional<MaintenanceConfiguration> maintenance(ClusterName cluster) {
    throw absent(OutsideSystem.ARM);
  }

  @Override
  public String updateKms(ClusterName cluster, KmsSettings from, KmsSettings to, String etag) {
    throw absent(OutsideSystem.ARM);
  }

  @Override
  public String upgradeKubernetes(ClusterName cluster, KubernetesVersion to, String etag) {
    throw absent(OutsideSystem.ARM);
  }

  @Override
  public VaultResource readVault(String vaultResourceId) {
    throw absent(OutsideSystem.ARM);
  }

  @Override
  public void updateVault(String vaultResourceId, NetworkAccess access) {
    throw absent(OutsideSystem.ARM);
  }

  @Override
  public UpdateProgress progress(String asynchronousOperation) {
    throw absent(OutsideSystem.ARM);
  }

  @Override
  public ClusterSide cluster(ClusterName cluster) {
    return ClusterSide.unread(Reading.unread(ABSENT));
  }

  @Override
  public VaultSide vault(
      ClusterName cluster, String host, @Nullable String resourceId, List<String> principals) {
    return VaultSide.unread(host, Reading.unread(ABSENT));
  }

  @Override
  public List<KeyVersion> versions(VaultKey key) {
    throw absent(OutsideSystem.VAULT);
  }

  @Override
  public RotationPolicy rotationPolicy(VaultKey key) {
    throw absent(OutsideSystem.VAULT);
  }

  @Override
  public KeyId rotate(VaultKey key) {
    throw absent(OutsideSystem.VAULT);
  }

  @Override
  public void restore(Restoration restoration) {
    throw absent(OutsideSystem.VAULT);
  }

  @Override
  public void extend(Extension extension) {
    throw absent(OutsideSystem.VAULT);
  }

  private static OutsideFault absent(OutsideSystem system) {
    return new OutsideFault(
        system, OutsideFault.Kind.NOT_FOUND, ABSENT + ", so " + system.title() + " can't be asked");
  }
}
