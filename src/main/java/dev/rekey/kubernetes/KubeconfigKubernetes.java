package dev.rekey.kubernetes;

import dev.rekey.operation.ClusterName;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.Kubernetes;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import java.time.InstantSource;

/** Finds the API servers of the one cluster that a kubeconfig's context names. */
public final class KubeconfigKubernetes implements Kubernetes {
  private final ClusterName name;
  private final Kubeconfig kubeconfig;
  private final ConnectionSettings settings;
  private final InstantSource clock;

  /**
   * @param name what the use cases call this cluster: {@link Kubeconfig#clusterName()}, or its name
   *     in Azure
   */
  public KubeconfigKubernetes(
      ClusterName name, Kubeconfig kubeconfig, ConnectionSettings settings, InstantSource clock) {
    this.name = name;
    this.kubeconfig = kubeconfig;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Sends nothing yet, but starts the credential plugin if the kubeconfig names one.
   *
   * @throws OutsideFault {@link OutsideFault.Kind#NOT_FOUND} for any other cluster: its Secrets
   *     must not be looked for here; {@link OutsideFault.Kind#UNAUTHENTICATED} if the plugin yields
   *     no credential
   */
  @Override
  public ApiServers connect(ClusterName cluster) {
    if (!cluster.equals(name)) {
      throw new OutsideFault(
          OutsideSystem.API_SERVER,
          OutsideFault.Kind.NOT_FOUND,
          "the kubeconfig is that of "
              + name
              + ", not of "
              + cluster
              + "; name the context of "
              + cluster);
    }
    return new OkHttpApiServers(kubeconfig.open(settings, clock));
  }
}
