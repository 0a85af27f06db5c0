package dev.rekey.simulation.azure;

import dev.rekey.key.KeyId;
import dev.rekey.operation.ClusterName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** API servers that have rolled when a test says so. */
final class SteppedControlPlane implements ControlPlane {
  final List<String> rolls = new ArrayList<>();
  boolean rolled = true;

  @Override
  public void roll(ClusterName cluster, @Nullable KeyId keyId) {
    rolls.add(cluster + " -> " + keyId);
  }

  @Override
  public void upgrade(ClusterName cluster, String version) {
    rolls.add(cluster + " -> " + version);
  }

  @Override
  public boolean hasRolled(ClusterName cluster) {
    return rolled;
  }
}
