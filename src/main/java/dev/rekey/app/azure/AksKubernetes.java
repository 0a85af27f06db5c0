package dev.rekey.app.azure;

import dev.rekey.kubernetes.ConnectionSettings;
import dev.rekey.kubernetes.InvalidKubeconfig;
import dev.rekey.kubernetes.Kubeconfig;
import dev.rekey.kubernetes.KubeconfigKubernetes;
import dev.rekey.kubernetes.TokenSource;
import dev.rekey.operation.ClusterName;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.Kubernetes;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import java.time.InstantSource;
import java.util.function.Function;

/**
 * Finds the API servers of an AKS cluster: address and certificate authority come from ARM's user
 * kubeconfig, the credential is a token of Entra for our own identity.
 *
 * <p>A cluster without Entra hands out a client certificate with full rights instead. It is used
 * only where somebody allows it, since no role can narrow it.
 */
final class AksKubernetes implements Kubernetes {
  private final Function<ClusterName, String> userKubeconfig;
  private final TokenSource token;
  private final AksLogin login;
  private final ConnectionSettings settings;
  private final InstantSource clock;

  AksKubernetes(
      Function<ClusterName, String> userKubeconfig,
      TokenSource token,
      AksLogin login,
      ConnectionSettings settings,
      InstantSource clock) {
    this.userKubeconfig = userKubeconfig;
    this.token = token;
    this.login = login;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Asks ARM for the kubeconfig; sends nothing to the API servers yet.
   *
   * @throws OutsideFault {@code FORBIDDEN} if only a certificate with full rights is to be had and
   *     nobody allows it
   */
  @Override
  public ApiServers connect(ClusterName cluster) {
    String text = userKubeconfig.apply(cluster);
    String origin = "the user kubeconfig of " + cluster;
    try {
      Kubeconfig kubeconfig =
          Kubeconfig.handsOutCertificate(text, origin)
              ? withCertificate(text, origin, cluster)
              : Kubeconfig.withToken(text, origin, token);
      return new KubeconfigKubernetes(cluster, kubeconfig, settings, clock).connect(cluster);
    } catch (InvalidKubeconfig invalid) {
      throw new OutsideFault(
          OutsideSystem.ARM, OutsideFault.Kind.MALFORMED, String.valueOf(invalid.getMessage()));
    }
  }

  private Kubeconfig withCertificate(String text, String origin, ClusterName cluster) {
    if (!login.certificateAllowed()) {
      throw new OutsideFault(
          OutsideSystem.API_SERVER,
          OutsideFault.Kind.FORBIDDEN,
          "the cluster "
              + cluster
              + " hands out a client certificate with full rights (system:masters), since it does not"
              + " use Entra; integrate it with Entra (az aks update --enable-aad), or "
              + login.insteadOfCertificate());
    }
    return Kubeconfig.ofText(text, origin);
  }
}
