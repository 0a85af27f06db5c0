package dev.rekey.reliability;

import dev.rekey.key.KeyId;
import dev.rekey.operation.ClusterName;
import dev.rekey.simulation.SimulatedControlPlane;
import dev.rekey.simulation.azure.ControlPlane;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * To each cluster its own control plane, of which one may be stuck: ARM says that all is done, and
 * the API servers load nothing.
 */
final class StuckPlanes implements ControlPlane {
  private final Map<ClusterName, SimulatedControlPlane> planes;
  private final Map<ClusterName, Optional<KeyId>> stuck = new HashMap<>();

  StuckPlanes(Map<ClusterName, SimulatedControlPlane> planes) {
    this.planes = planes;
  }

  /** Its API servers take up nothing new from now on. */
  void stick(ClusterName cluster) {
    stuck.put(cluster, Optional.empty());
  }

  /** They load what they have missed. */
  void mend(ClusterName cluster) {
    stuck.remove(cluster).ifPresent(key -> planes.get(cluster).roll(cluster, key));
  }

  @Override
  public void roll(ClusterName cluster, @Nullable KeyId keyId) {
    if (stuck.containsKey(cluster)) {
      stuck.put(cluster, Optional.ofNullable(keyId));
    } else {
      planes.get(cluster).roll(cluster, keyId);
    }
  }

  @Override
  public void upgrade(ClusterName cluster, String version) {
    throw new IllegalStateException("nobody upgrades here");
  }

  @Override
  public boolean hasRolled(ClusterName cluster) {
    return stuck.containsKey(cluster) || planes.get(cluster).hasRolled(cluster);
  }
}
