package dev.rekey.endtoend;

import dev.rekey.key.KeyId;
import dev.rekey.operation.ClusterName;
import dev.rekey.simulation.azure.ControlPlane;
import dev.rekey.testbed.KubernetesVersion;
import dev.rekey.testbed.Testbed;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * AKS' control plane, with real API servers behind it: an accepted update changes their encryption
 * configuration.
 */
public final class TestbedControlPlane implements ControlPlane {
  private final Testbed testbed;
  private final Runnable beforeRoll;
  private volatile CompletableFuture<Void> rolling = CompletableFuture.completedFuture(null);

  public TestbedControlPlane(Testbed testbed) {
    this(testbed, () -> {});
  }

  /**
   * @param beforeRoll told before each change of the API servers
   */
  TestbedControlPlane(Testbed testbed, Runnable beforeRoll) {
    this.testbed = testbed;
    this.beforeRoll = beforeRoll;
  }

  /** What doesn't come up is given up, and stands in the way of no later change. */
  @Override
  public void roll(ClusterName cluster, @Nullable KeyId keyId) {
    beforeRoll.run();
    rolling = rolling.handle((rolled, failed) -> null).thenRunAsync(() -> apply(keyId));
  }

  /** To the only Kubernetes with KMS v2 that the testbed has, whatever it is called in ARM. */
  @Override
  public void upgrade(ClusterName cluster, String version) {
    beforeRoll.run();
    rolling =
        rolling
            .handle((rolled, failed) -> null)
            .thenRunAsync(() -> testbed.upgrade(KubernetesVersion.V1_36));
  }

  private void apply(@Nullable KeyId keyId) {
    if (keyId == null) {
      testbed.applyPlain();
    } else {
      testbed.applyKey(keyId.url());
    }
  }

  @Override
  public boolean hasRolled(ClusterName cluster) {
    return rolling.isDone();
  }
}
