package dev.rekey.simulation.azure;

import dev.rekey.key.KeyId;
import dev.rekey.operation.ClusterName;
import org.jspecify.annotations.Nullable;

/**
 * The API servers behind a managed cluster, as AKS sees them. {@link ArmResources} calls it under
 * its own lock, so an implementation must not wait for a thread that asks ARM something.
 */
public interface ControlPlane {

  /**
   * Begins to bring a cluster's API servers to another write key, one after another, and returns at
   * once. The key so far stays readable. To be asked for the key that is written already changes
   * nothing.
   *
   * @param keyId the key version that new writes shall use; null to write plain
   */
  void roll(ClusterName cluster, @Nullable KeyId keyId);

  /**
   * Begins to bring a cluster's API servers to another Kubernetes, one after another, and returns
   * at once.
   *
   * @param version such as {@code 1.27.9}
   */
  void upgrade(ClusterName cluster, String version);

  /** Whether every API server has come to what was asked for last. */
  boolean hasRolled(ClusterName cluster);
}
