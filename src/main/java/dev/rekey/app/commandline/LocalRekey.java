package dev.rekey.app.commandline;

import dev.rekey.app.SortableIds;
import dev.rekey.app.WarmConnections;
import dev.rekey.key.Cloud;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.reencryption.Limits;
import dev.rekey.service.CheckAccess;
import dev.rekey.service.Ports;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.ClusterSurroundings;
import dev.rekey.service.port.ManagedClusters;
import dev.rekey.service.port.Vault;
import dev.rekey.storage.FolderTable;
import dev.rekey.storage.MemoryQueues;
import dev.rekey.storage.TableRecords;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Rekey on this machine, for one cluster: real API servers, records in a folder, which is this
 * process' alone until it is closed.
 */
public final class LocalRekey implements AutoCloseable {
  private final ClusterName cluster;
  private final Outside outside;
  private final InstantSource clock;
  private final OneProcess process;
  private final RecordsLock lock;

  private LocalRekey(
      ClusterName cluster,
      Outside outside,
      InstantSource clock,
      OneProcess process,
      RecordsLock lock) {
    this.cluster = cluster;
    this.outside = outside;
    this.clock = clock;
    this.process = process;
    this.lock = lock;
  }

  /**
   * Whom it asks.
   *
   * @param encrypts whether the API servers must have an encryption configuration
   */
  record Outside(
      ManagedClusters clusters,
      ClusterSurroundings surroundings,
      Vault vault,
      WarmConnections kubernetes,
      Cloud cloud,
      boolean encrypts) {}

  /**
   * Puts it together; nothing is sent yet.
   *
   * @param records the folder that they are kept in; made if it isn't there
   * @param pause waits on the same clock
   * @throws ClusterInUse if another process works on the cluster with the same records
   */
  static LocalRekey open(
      ClusterName cluster,
      Outside outside,
      Path records,
      Limits limits,
      InstantSource clock,
      Pause pause) {
    RecordsLock lock = RecordsLock.take(records, cluster);
    MemoryQueues queues = new MemoryQueues(clock);
    Ports ports =
        new Ports(
            outside.clusters(),
            outside.surroundings(),
            outside.vault(),
            outside.kubernetes(),
            new TableRecords(FolderTable.open(records)),
            queues,
            (signal, reason) -> {},
            new SortableIds(clock, new SecureRandom()),
            clock);
    OneProcess process = new OneProcess(ports, queues, pause, limits, outside.cloud());
    return new LocalRekey(cluster, outside, clock, process, lock);
  }

  /**
   * Asks for what every operation needs, so that a missing right or a wrong address shows before
   * anything is recorded.
   *
   * @throws dev.rekey.service.port.OutsideFault if the cluster can't be used
   */
  public void checkAccess() {
    try (ApiServers servers = outside.kubernetes().connect(cluster)) {
      new CheckAccess(servers, clock).run(outside.encrypts());
    }
  }

  /**
   * Looks at the exceptions of the last operation again, or takes up one that an earlier process
   * left; empty if there is nothing to retry.
   */
  public Optional<Operation> retryExceptions(Origin origin) {
    boolean unfinished = process.unfinished(cluster).isPresent();
    Optional<Operation> retried = process.retryExceptions(cluster, origin);
    if (unfinished) {
      retried.ifPresent(process::takeUp);
    }
    return retried;
  }

  public ClusterName cluster() {
    return cluster;
  }

  public OneProcess process() {
    return process;
  }

  @Override
  public void close() {
    outside.kubernetes().close();
    lock.close();
  }
}
