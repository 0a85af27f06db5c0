package dev.rekey.simulation;

import dev.rekey.key.KeyId;
import dev.rekey.operation.ClusterName;
import dev.rekey.simulation.azure.ControlPlane;
import dev.rekey.simulation.cluster.SimulatedCluster;
import dev.rekey.simulation.cluster.encryption.EncryptionConfiguration;
import dev.rekey.simulation.cluster.encryption.Provider;
import dev.rekey.simulation.cluster.replica.SimulatedReplica;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * AKS' control plane with simulated API servers: two slots, and each server loads its configuration
 * in its own time.
 */
public final class SimulatedControlPlane implements ControlPlane {
  /** What the upgrade of one API server takes. */
  static final Duration UPGRADE_OF_EACH = Duration.ofMinutes(3);

  private @Nullable SimulatedCluster cluster;
  private @Nullable KeyId current;
  private EncryptionConfiguration wanted = EncryptionConfiguration.off();
  private boolean hasKmsV1;
  private int toRestart;

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

  /** Puts a cluster behind it whose Kubernetes is so old that KMS is KMS v1. */
  public void driveKmsV1(SimulatedCluster driven, KeyId key) {
    cluster = driven;
    current = key;
    hasKmsV1 = true;
    wanted = EncryptionConfiguration.underKmsV1(key.url());
  }

  /**
   * Kubernetes has KMS v2 from now on, and knows nothing of what was under KMS v1. Each API server
   * takes that up with its next start, to which they come one after another.
   */
  @Override
  public void upgrade(ClusterName name, String version) {
    hasKmsV1 = false;
    current = null;
    wanted = EncryptionConfiguration.off();
    Duration after = Duration.ZERO;
    for (SimulatedReplica replica : driven().replicas()) {
      replica.stage(wanted);
      after = after.plus(UPGRADE_OF_EACH);
      toRestart++;
      driven().time().after(after, () -> restart(replica));
    }
  }

  private void restart(SimulatedReplica replica) {
    replica.restart();
    toRestart--;
  }

  /** Whether KMS, turned on, is KMS v1. */
  public boolean hasKmsV1() {
    return hasKmsV1;
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
    if (keyId == null) {
      return writing instanceof Provider.Identity;
    }
    return (writing instanceof Provider.Kms kms && kms.keyUrl().equals(keyId.url()))
        || (writing instanceof Provider.KmsV1 old && old.keyUrl().equals(keyId.url()));
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

  /** What stored values that API servers can read begin with, under KMS v1; none without that. */
  public List<String> prefixesOfKmsV1() {
    return wanted.providers().stream()
        .filter(Provider.KmsV1.class::isInstance)
        .map(provider -> ((Provider.KmsV1) provider).prefix())
        .toList();
  }

  private static EncryptionConfiguration ofKmsV1(@Nullable KeyId keyId, @Nullable KeyId previous) {
    KeyId readable = Objects.requireNonNull(previous, "KMS v1 was on once");
    return keyId == null
        ? EncryptionConfiguration.offAfterKmsV1(readable.url())
        : EncryptionConfiguration.underKmsV1(keyId.url());
  }

  /**
   * The new key in the current slot, the one before in the previous slot; an older one drops out,
   * as with AKS.
   */
  private EncryptionConfiguration configuration(@Nullable KeyId keyId) {
    KeyId previous = current;
    if (hasKmsV1) {
      return ofKmsV1(keyId, previous);
    }
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
    return toRestart == 0
        && driven().replicas().stream()
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
