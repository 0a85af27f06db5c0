package dev.rekey.app.commandline;

import dev.rekey.app.SortableIds;
import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Examination;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.OperationPlan;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Route;
import dev.rekey.reencryption.Limits;
import dev.rekey.service.Ports;
import dev.rekey.simulation.azure.SimulatedVault;
import dev.rekey.simulation.cluster.ClusterShape;
import dev.rekey.simulation.cluster.SecretBatch;
import dev.rekey.simulation.cluster.SimulatedApiServers;
import dev.rekey.simulation.cluster.SimulatedCluster;
import dev.rekey.simulation.cluster.encryption.EncryptionConfiguration;
import dev.rekey.simulation.cluster.secret.SecretContent;
import dev.rekey.simulation.time.VirtualTime;
import dev.rekey.storage.MemoryQueues;
import dev.rekey.storage.MemoryTable;
import dev.rekey.storage.TableRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** A simulated cluster whose Secrets lie under two keys, and its kubeconfig's command line. */
final class CensusWorld {
  private static final Origin ORIGIN = new Origin(Origin.Trigger.COMMAND_LINE, "test", "a test");

  final VirtualTime time = new VirtualTime(Instant.parse("2026-01-15T09:00:00Z"));
  final SimulatedVault vault = new SimulatedVault(time, new SplittableRandom(1));
  final KeyId first;
  final KeyId second;
  final SimulatedCluster cluster;
  final ClusterName name = new ClusterName("census");
  private final TableRecords records = new TableRecords(new MemoryTable());
  private final SplittableRandom random = new SplittableRandom(5);
  private OneProcess process;

  /**
   * @param older what lies under the first key; {@code newer} lies under the second one
   */
  CensusWorld(SecretBatch older, SecretBatch newer) {
    VaultKey key = new VaultKey("example.vault.azure.net", "etcd");
    first = vault.createVersion(key);
    second = vault.createVersion(key);
    EncryptionConfiguration both = EncryptionConfiguration.encrypted(second.url(), first.url());
    cluster =
        new SimulatedCluster(ClusterShape.encrypting(both).withReplicas(2), vault, time, 9)
            .seed(newer)
            .seed(older, EncryptionConfiguration.encrypted(first.url()))
            .start();
    time.advance(Duration.ofMinutes(2));
    process = newProcess();
  }

  private OneProcess newProcess() {
    MemoryQueues queues = new MemoryQueues(time);
    Ports ports =
        new Ports(
            new NoAzure(),
            new NoAzure(),
            new NoAzure(),
            any -> new SimulatedApiServers(cluster),
            records,
            queues,
            (signal, reason) -> {},
            new SortableIds(time, random),
            time);
    return new OneProcess(ports, queues, time::advanceTo, Limits.ALONE, Cloud.PUBLIC);
  }

  /** Another client writes a Secret of its own, with the key that is current. */
  void writeOnce() {
    cluster.otherClient().create("writer", "written", SecretContent.opaque(Map.of()));
  }

  Operation start(boolean objects) {
    return process.startCensus(name, Route.UNKNOWN, objects, ORIGIN).orElseThrow();
  }

  Optional<Operation> unfinished() {
    return process.unfinished(name);
  }

  OperationPlan plan() {
    return process.plan(name, Kind.REENCRYPT, Duration.ofHours(1));
  }

  Examination examine(Duration patience) {
    return process.examine(name, null, patience);
  }

  Evidence reencrypt() throws InterruptedException {
    Operation started = process.start(name, Kind.REENCRYPT, Route.UNKNOWN, ORIGIN).orElseThrow();
    return evidence(run(started, latest -> {}));
  }

  Operation run(Operation operation, Consumer<Operation> progress) throws InterruptedException {
    return process.run(operation, progress, Duration.ofHours(6));
  }

  Evidence census(boolean objects) throws InterruptedException {
    return evidence(run(start(objects), latest -> {}));
  }

  /** The process dies; another one takes up what is recorded. */
  Operation killedAndTypedAgain() {
    process = newProcess();
    Operation left = process.unfinished(name).orElseThrow();
    process.takeUp(left);
    return left;
  }

  Evidence evidence(Operation ended) {
    return process.evidence(ended).orElseThrow().evidence();
  }

  static String label(KeyId key) {
    return KeyIdHash.predict(key).label();
  }
}
