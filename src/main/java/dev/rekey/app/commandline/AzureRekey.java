package dev.rekey.app.commandline;

import dev.rekey.aks.ArmClusters;
import dev.rekey.app.Release;
import dev.rekey.app.WarmConnections;
import dev.rekey.app.azure.AksLogin;
import dev.rekey.app.azure.AzureAccess;
import dev.rekey.app.azure.SameCluster;
import dev.rekey.key.Cloud;
import dev.rekey.kubernetes.ConnectionSettings;
import dev.rekey.kubernetes.Kubeconfig;
import dev.rekey.kubernetes.KubeconfigKubernetes;
import dev.rekey.operation.ClusterName;
import dev.rekey.reencryption.Limits;
import dev.rekey.service.port.Kubernetes;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rekey for somebody who may change a cluster in Azure: real Azure, records in a folder. */
public final class AzureRekey {
  private static final AksLogin LOGIN =
      new AksLogin(
          false,
          "name a kubeconfig of yours with --kubeconfig (az aks get-credentials --file FILE)",
          "log in with `az login`, or name a kubeconfig of yours with --kubeconfig");

  private AzureRekey() {}

  /**
   * Which cluster, and how to come to it.
   *
   * @param clusterId its ARM id
   * @param kubeconfig a kubeconfig of one's own; null to take the one that ARM hands out, with a
   *     token of Entra
   * @param context the kubeconfig's context; null for its current one
   * @param records the folder that records are kept in; made if it isn't there
   */
  public record Target(
      String clusterId,
      @Nullable Path kubeconfig,
      @Nullable String context,
      Path records,
      Limits limits) {

    /** As records and lists call it. */
    public ClusterName name() {
      return ClusterName.ofArmId(clusterId);
    }
  }

  /**
   * What lies around a process.
   *
   * @param pause waits on the same clock
   */
  public record Around(AzureAccess azure, InstantSource clock, Pause pause) {

    /** The machine's clock, and whoever is logged in on it. */
    public static Around ofThisMachine(Cloud cloud) {
      Clock clock = Clock.systemUTC();
      return new Around(AzureAccess.standard(cloud, null), clock, Pause.onClock(clock));
    }
  }

  /**
   * Puts it together; nothing is sent yet.
   *
   * @throws ClusterInUse if another process works on the cluster with the same records
   */
  public static LocalRekey open(Target target, Around around) {
    ClusterName name = target.name();
    ArmClusters arm = around.azure().clusters(List.of(target.clusterId()));
    Kubernetes servers = servers(target, around, arm);
    InstantSource clock = around.clock();
    LocalRekey.Outside outside =
        new LocalRekey.Outside(
            arm,
            arm.surroundings(),
            around.azure().vault(),
            new WarmConnections(servers, clock, WarmConnections.MOST_AGE),
            around.azure().cloud(),
            false); // KMS may be what is to be turned on
    return LocalRekey.open(name, outside, target.records(), target.limits(), clock, around.pause());
  }

  private static Kubernetes servers(Target target, Around around, ArmClusters arm) {
    Path file = target.kubeconfig();
    if (file == null) {
      return around.azure().kubernetes(arm, LOGIN, around.clock());
    }
    Kubeconfig own = Kubeconfig.read(file, target.context());
    Kubernetes throughIt =
        new KubeconfigKubernetes(
            target.name(), own, ConnectionSettings.defaults(Release.version()), around.clock());
    return new SameCluster(own, throughIt, arm);
  }
}
