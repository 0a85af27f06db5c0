package dev.rekey.app.simulated.fleet;

import dev.rekey.key.KeyId;
import dev.rekey.operation.ClusterName;
import dev.rekey.simulation.azure.ControlPlane;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The control planes of a fleet, each with one cluster behind it. */
final class FleetControlPlanes implements ControlPlane {
  private final Map<ClusterName, ControlPlane> each = new HashMap<>();

  void add(ClusterName cluster, ControlPlane controlPlane) {
    each.put(cluster, controlPlane);
  }

  private ControlPlane of(ClusterName cluster) {
    ControlPlane found = each.get(cluster);
    if (found == null) {
      throw new IllegalStateException("no control plane of " + cluster);
    }
    return found;
  }

  @Override
  public void roll(ClusterName cluster, @Nullable KeyId keyId) {
    of(cluster).roll(cluster, keyId);
  }

  @Override
  public void upgrade(ClusterName cluster, String version) {
    of(cluster).upgrade(cluster, version);
  }

  @Override
  public boolean hasRolled(ClusterName cluster) {
    return of(cluster).hasRolled(cluster);
  }
}
