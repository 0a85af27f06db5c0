package dev.rekey.app.azure;

import dev.rekey.aks.ArmClusters;
import dev.rekey.kubernetes.InvalidKubeconfig;
import dev.rekey.kubernetes.Kubeconfig;
import dev.rekey.operation.ClusterName;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.Kubernetes;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;

/**
 * A person's own kubeconfig for a cluster in Azure. Before it is used, it is compared with the one
 * that AKS hands out: a key must never be changed on one cluster because of what was proved on
 * another.
 */
public final class SameCluster implements Kubernetes {
  private final Kubeconfig kubeconfig;
  private final Kubernetes throughIt;
  private final ArmClusters arm;

  /**
   * Asks nothing yet.
   *
   * @param throughIt connects with the kubeconfig
   */
  public SameCluster(Kubeconfig kubeconfig, Kubernetes throughIt, ArmClusters arm) {
    this.kubeconfig = kubeconfig;
    this.throughIt = throughIt;
    this.arm = arm;
  }

  /**
   * Compares, then connects.
   *
   * @throws InvalidKubeconfig if it is another cluster's
   */
  @Override
  public ApiServers connect(ClusterName cluster) {
    kubeconfig.requireSameClusterAs(handedOut(cluster), cluster);
    return throughIt.connect(cluster);
  }

  private Kubeconfig handedOut(ClusterName cluster) {
    String text = arm.userKubeconfig(cluster);
    try {
      return Kubeconfig.withToken(text, "the user kubeconfig of " + cluster, () -> "");
    } catch (InvalidKubeconfig invalid) {
      throw new OutsideFault(
          OutsideSystem.ARM, OutsideFault.Kind.MALFORMED, String.valueOf(invalid.getMessage()));
    }
  }
}
