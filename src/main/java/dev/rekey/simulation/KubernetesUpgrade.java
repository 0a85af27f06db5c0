package dev.rekey.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.operation.ClusterName;
import dev.rekey.simulation.azure.SimulatedArm;
import dev.rekey.simulation.cluster.SimulatedCluster;
import dev.rekey.simulation.time.VirtualTime;
import java.util.function.Consumer;

/**
 * A person upgrades a cluster's control plane: ARM shows it at work, the API servers restart one
 * after another, and then ARM shows the new version.
 */
public final class KubernetesUpgrade {
  private final SimulatedArm arm;
  private final SimulatedControlPlane controlPlane;
  private final SimulatedCluster cluster;
  private final VirtualTime time;

  public KubernetesUpgrade(
      SimulatedArm arm,
      SimulatedControlPlane controlPlane,
      SimulatedCluster cluster,
      VirtualTime time) {
    this.arm = arm;
    this.controlPlane = controlPlane;
    this.cluster = cluster;
    this.time = time;
  }

  /**
   * Begins it; it ends by itself.
   *
   * @param version such as {@code 1.27.9}
   */
  public void begin(ClusterName name, String version) {
    shown(name, "Upgrading", body -> body.put("kubernetesVersion", version));
    controlPlane.upgrade(name, version);
    int servers = cluster.replicas().size();
    time.after(
        SimulatedControlPlane.UPGRADE_OF_EACH.multipliedBy(servers + 1),
        () -> shown(name, "Succeeded", body -> body.put("currentKubernetesVersion", version)));
  }

  private void shown(ClusterName name, String state, Consumer<ObjectNode> change) {
    arm.changedByAnother(
        name,
        body -> {
          ObjectNode properties = body.withObject("/properties");
          change.accept(properties);
          properties.put("provisioningState", state);
        });
  }
}
