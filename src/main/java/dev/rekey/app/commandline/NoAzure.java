package dev.rekey.app.commandline;

import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Restoration;
import dev.rekey.key.RotationPolicy;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.NetworkAccess;
import dev.rekey.operation.UpdateProgress;
import dev.rekey.operation.VaultResource;
import dev.rekey.service.port.ManagedClusters;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import dev.rekey.service.port.Vault;
import java.util.List;

/** Stands where Azure would, for a cluster that is known by its kubeconfig only. */
final class NoAzure implements ManagedClusters, Vault {

  @Override
  public List<ManagedCluster> list() {
    return List.of();
  }

  @Override
  public ManagedCluster read(ClusterName cluster) {
    throw absent(OutsideSystem.ARM);
  }

  @Override
  public String updateKms(ClusterName cluster, KmsSettings from, KmsSettings to, String etag) {
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

  private static OutsideFault absent(OutsideSystem system) {
    return new OutsideFault(
        system,
        OutsideFault.Kind.NOT_FOUND,
        "only a kubeconfig was given, so " + system.title() + " can't be asked");
  }
}
