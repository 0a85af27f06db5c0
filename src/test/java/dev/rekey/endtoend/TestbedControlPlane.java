package dev.rekey.endtoend;

import dev.rekey.key.KeyId;
import dev.rekey.operation.ClusterName;
import dev.rekey.simulation.azure.ControlPlane;
import dev.rekey.testbed.Testbed;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * AKS' control plane, with real API servers behind it: an accepted update changes their encryption
 * configuration.
 */
public final class TestbedControlPlane implements ControlPlane {
  private final Testbed testbed;
  private volatile CompletableFuture<Void> rolling = CompletableFuture.completedFuture(null);

  public TestbedControlPlane(Testbed testbed) {
    this.testbed = testbed;
  }

  @Override
  public void roll(ClusterName cluster, @Nullable KeyId keyId) {
    rolling =
        rolling.thenRunAsync(
            () -> {
              if (keyId == null) {
                testbed.applyPlain();
              } else {
                testbed.applyKey(keyId.url());
              }
            });
  }

  @Override
  public boolean hasRolled(ClusterName cluster) {
    return rolling.isDone();
  }
}
