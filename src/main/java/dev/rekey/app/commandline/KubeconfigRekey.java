package dev.rekey.app.commandline;

import dev.rekey.app.Release;
import dev.rekey.app.SortableIds;
import dev.rekey.app.WarmConnections;
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
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Rekey for somebody with a kubeconfig: real API servers, records in a folder, no Azure. */
public final class KubeconfigRekey implements AutoCloseable {
  /** A kubeconfig is read once, when the command begins. */
  private static final Duration FOR_LONG = Duration.ofDays(365);

  private final ClusterName cluster;
  private final WarmConnections kubernetes;
  private final OneProcess process;
  private final RecordsLock lock;

  private KubeconfigRekey(
      ClusterName cluster, WarmConnections kubernetes, OneProcess process, RecordsLock lock) {
    this.cluster = cluster;
    this.kubernetes = kubernetes;
    this.process = process;
    this.lock = lock;
  }

  /**
   * Puts it together; nothing is sent yet.
   *
   * @param context the kubeconfig's context; null for its current one
   * @param records the folder that records are kept in; made if it isn't there
   * @throws ClusterInUse if another process works on the cluster with the same records
   */
  public static KubeconfigRekey open(
      Path kubeconfig, @Nullable String context, Path records, Limits limits) {
    Kubeconfig config = Kubeconfig.read(kubeconfig, context);
    ClusterName cluster = config.distinctName();
    RecordsLock lock = RecordsLock.take(records, cluster);
    InstantSource clock = Clock.systemUTC();
    Kubernetes real =
        new KubeconfigKubernetes(
            cluster, config, ConnectionSettings.defaults(Release.version()), clock);
    WarmConnections kubernetes = new WarmConnections(real, clock, FOR_LONG);
    MemoryQueues queues = new MemoryQueues(clock);
    NoAzure none = new NoAzure();
    Ports ports =
        new Ports(
            none,
            none,
            none,
            kubernetes,
            new TableRecords(FolderTable.open(records)),
            queues,
            (name, reason) -> {},
            new SortableIds(clock, new SecureRandom()),
            clock);
    return new KubeconfigRekey(
        cluster,
        kubernetes,
        new OneProcess(ports, queues, Pause.onClock(clock), limits, Cloud.PUBLIC),
        lock);
  }

  /**
   * Asks for what every operation needs, so that a missing right or a wrong address shows before
   * anything is recorded.
   *
   * @throws dev.rekey.service.port.OutsideFault if the cluster can't be used
   */
  public void checkAccess() {
    try (ApiServers servers = kubernetes.connect(cluster)) {
      new CheckAccess(servers, Clock.systemUTC()).runWhereEncrypted();
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
