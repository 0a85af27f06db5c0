package dev.rekey.app.commandline;

import dev.rekey.aks.ArmClusters;
import dev.rekey.app.Release;
import dev.rekey.app.SortableIds;
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
import dev.rekey.service.CheckAccess;
import dev.rekey.service.Ports;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.Kubernetes;
import dev.rekey.storage.FolderTable;
import dev.rekey.storage.MemoryQueues;
import dev.rekey.storage.TableRecords;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rekey for somebody who may change a cluster in Azure: real Azure, records in a folder. */
public final class AzureRekey implements AutoCloseable {
  private static final AksLogin LOGIN =
      new AksLogin(
          false,
          "name a kubeconfig of yours with --kubeconfig (az aks get-credentials --file FILE)",
          "log in with `az login`, or name a kubeconfig of yours with --kubeconfig");

  private final ClusterName cluster;
  private final WarmConnections kubernetes;
  private final OneProcess process;
  private final InstantSource clock;
  private final RecordsLock lock;

  private AzureRekey(
      ClusterName cluster,
      WarmConnections kubernetes,
      OneProcess process,
      InstantSource clock,
      RecordsLock lock) {
    this.cluster = cluster;
    this.kubernetes = kubernetes;
    this.process = process;
    this.clock = clock;
    this.lock = lock;
  }

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
  public static AzureRekey open(Target target, Around around) {
    ClusterName name = target.name();
    ArmClusters arm = around.azure().clusters(List.of(target.clusterId()));
    Kubernetes servers = servers(target, around, arm);
    RecordsLock lock = RecordsLock.take(target.records(), name);
    InstantSource clock = around.clock();
    WarmConnections kubernetes = new WarmConnections(servers, clock, WarmConnections.MOST_AGE);
    MemoryQueues queues = new MemoryQueues(clock);
    Ports ports =
        new Ports(
            arm,
            arm.surroundings(),
            around.azure().vault(),
            kubernetes,
            new TableRecords(FolderTable.open(target.records())),
            queues,
            (signal, reason) -> {},
            new SortableIds(clock, new SecureRandom()),
            clock);
    OneProcess process =
        new OneProcess(ports, queues, around.pause(), target.limits(), around.azure().cloud());
    return new AzureRekey(name, kubernetes, process, clock, lock);
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

  /**
   * Asks for what every operation needs, so that a missing right or a wrong address shows before
   * anything is recorded.
   *
   * @throws dev.rekey.service.port.OutsideFault if the cluster can't be used
   */
  public void checkAccess() {
    try (ApiServers servers = kubernetes.connect(cluster)) {
      new CheckAccess(servers, clock).run();
    }
  }

  public ClusterName cluster() {
    return cluster;
  }

  public OneProcess process() {
    return process;
  }

  @Override
  public void close() {
    kubernetes.close();
    lock.close();
  }
}
