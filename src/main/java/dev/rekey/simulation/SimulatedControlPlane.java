package dev.rekey.simulation;

import dev.rekey.key.KeyId;
import dev.rekey.operation.ClusterName;
import dev.rekey.simulation.azure.ControlPlane;
import dev.rekey.simulation.cluster.SimulatedCluster;
import dev.rekey.simulation.cluster.encryption.EncryptionConfiguration;
import dev.rekey.simulation.cluster.encryption.Provider;
import dev.rekey.simulation.cluster.replica.SimulatedReplica;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * AKS' control plane with simulated API servers: two slots, and each server loads its configuration
 * in its own time.
 */
public final class SimulatedControlPlane implements ControlPlane {
  private @Nullable SimulatedCluster cluster;
  private @Nullable KeyId current;
  private EncryptionConfiguration wanted = EncryptionConfiguration.off();

  /**
   * Puts a cluster behind it.
   *
   * @param key what it encrypts with already
   */
  public void drive(SimulatedCluster driven, KeyId key) {
    cluster = driven;
    current = key;
    wanted = EncryptionConfiguration.encrypted(key.url());
  }

  /** Puts a cluster behind it that writes plain so far. */
  public void drivePlain(SimulatedCluster driven) {
    cluster = driven;
    current = null;
    wanted = EncryptionConfiguration.off();
  }

  @Override
  public void roll(ClusterName name, @Nullable KeyId keyId) {
    if (isWritten(keyId)) {
      return;
    }
    wanted = configuration(keyId);
    current = keyId == null ? current : keyId;
    driven().replicas().forEach(replica -> replica.configure(wanted));
  }

  private boolean isWritten(@Nullable KeyId keyId) {
    Provider writing = wanted.providers().get(0);
    return keyId == null
        ? !(writing instanceof Provider.Kms)
        : writing instanceof Provider.Kms kms && kms.keyUrl().equals(keyId.url());
  }

  /** What every API server is to load. */
  public EncryptionConfiguration configuration() {
    return wanted;
  }

  /** The key versions in the slots, the current one first. */
  public List<String> slots() {
    return wanted.providers().stream()
        .filter(Provider.Kms.class::isInstance)
        .map(provider -> ((Provider.Kms) provider).keyUrl())
        .toList();
  }

  /**
   * The new key in the current slot, the one before in the previous slot; an older one drops out,
   * as with AKS.
   */
  private EncryptionConfiguration configuration(@Nullable KeyId keyId) {
    KeyId previous = current;
    if (keyId == null) {
      return previous == null
          ? EncryptionConfiguration.off()
          : EncryptionConfiguration.off(previous.url());
    }
    return previous == null
        ? EncryptionConfiguration.encrypted(keyId.url())
        : EncryptionConfiguration.encrypted(keyId.url(), previous.url());
  }

  @Override
  public boolean hasRolled(ClusterName name) {
    return driven().replicas().stream()
        .filter(SimulatedReplica::isAlive)
        .allMatch(replica -> replica.configuration().equals(wanted));
  }

  private SimulatedCluster driven() {
    SimulatedCluster behind = cluster;
    if (behind == null) {
      throw new IllegalStateException("no cluster is behind this control plane yet");
    }
    return behind;
  }
}
