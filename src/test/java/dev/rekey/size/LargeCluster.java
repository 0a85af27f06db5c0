package dev.rekey.size;

import dev.rekey.app.SortableIds;
import dev.rekey.key.KeyId;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Route;
import dev.rekey.reencryption.Limits;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.Shard;
import dev.rekey.service.AdvanceOperation;
import dev.rekey.service.Ports;
import dev.rekey.service.ReencryptShard;
import dev.rekey.service.StartOperation;
import dev.rekey.service.port.ManagedClusters;
import dev.rekey.service.port.Message;
import dev.rekey.simulation.SimulatedControlPlane;
import dev.rekey.simulation.azure.SimulatedArm;
import dev.rekey.simulation.azure.SimulatedVault;
import dev.rekey.simulation.cluster.ClusterShape;
import dev.rekey.simulation.cluster.SecretBatch;
import dev.rekey.simulation.cluster.SimulatedApiServers;
import dev.rekey.simulation.cluster.SimulatedCluster;
import dev.rekey.simulation.cluster.encryption.EncryptionConfiguration;
import dev.rekey.simulation.time.VirtualTime;
import dev.rekey.storage.MeasuredTable;
import dev.rekey.storage.MemoryQueues;
import dev.rekey.storage.MessageText;
import dev.rekey.storage.TableRecords;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * The engine unchanged on a simulated cluster of 100,000 Secrets of 1 KiB, all under an old key:
 * 999 namespaces of 80 and one of 20,000. Messages are handled one after another in virtual time;
 * what a shard takes is noted, so that a test can tell what several workers would make of it.
 */
final class LargeCluster {
  static final ClusterName NAME = new ClusterName("large-1a2b3c4d");
  static final int SECRETS = 100_000;
  static final int NAMESPACES = 1_000;
  static final int IN_ONE_NAMESPACE = 20_000;

  /** A killed instance's message comes back then. */
  private static final Duration COMES_BACK_AFTER = Duration.ofMinutes(10);

  final VirtualTime time = new VirtualTime(Instant.parse("2026-03-01T00:00:00Z"));
  final MeasuredTable table = new MeasuredTable();
  final TableRecords records = new TableRecords(table);
  final List<ShardWork> work = new ArrayList<>();
  final KeyId current;
  final SimulatedCluster cluster;
  int longestMessage;
  int messages;
  int kills;

  private final MemoryQueues queues = new MemoryQueues(time);
  private final Limits limits;
  private final Ports ports;

  /** How long a shard's message kept a worker. */
  record ShardWork(String passId, int shard, Duration took) {}

  LargeCluster(Limits limits, BooleanSupplier killed) {
    this.limits = limits;
    SimulatedVault vault = new SimulatedVault(time, new SplittableRandom(1));
    VaultKey key = new VaultKey("example.vault.azure.net", "etcd");
    KeyId previous = vault.createVersion(key);
    current = vault.createVersion(key);
    ClusterShape shape =
        ClusterShape.encrypting(EncryptionConfiguration.encrypted(current.url(), previous.url()));
    EncryptionConfiguration before = EncryptionConfiguration.encrypted(previous.url());
    cluster =
        new SimulatedCluster(shape, vault, time, 2)
            .seed(SecretBatch.of(IN_ONE_NAMESPACE, 1).in("one-large-"), before)
            .seed(SecretBatch.of(SECRETS - IN_ONE_NAMESPACE, NAMESPACES - 1), before)
            .start();
    ports =
        new Ports(
            withoutThisCluster(time, vault),
            null,
            vault,
            any -> new MortalApiServers(new SimulatedApiServers(cluster), killed),
            records,
            this::send,
            (signal, reason) -> {},
            new SortableIds(time, new SplittableRandom(3)),
            time);
  }

  /** Only a kubeconfig is known of it. */
  private static ManagedClusters withoutThisCluster(VirtualTime time, SimulatedVault vault) {
    return new SimulatedArm(
        time, new SplittableRandom(4), vault, new SimulatedControlPlane(), Duration.ofMinutes(2));
  }

  private void send(Message message, Duration delay) {
    byte[] text = MessageText.write(message).getBytes(StandardCharsets.UTF_8);
    longestMessage = Math.max(longestMessage, Base64.getEncoder().encode(text).length);
    messages++;
    queues.send(message, delay);
  }

  /** Rewrites and proves all of it, however often a worker is killed. */
  Operation reencrypt() {
    Origin origin = new Origin(Origin.Trigger.COMMAND_LINE, "test", "a test");
    Operation operation =
        new StartOperation(ports).start(NAME, Kind.REENCRYPT, Route.UNKNOWN, origin).orElseThrow();
    while (read(operation).isActive()) {
      time.advanceTo(queues.nextDue().orElseThrow());
      queues.take().ifPresent(this::handle);
    }
    return read(operation);
  }

  Evidence evidence(Operation operation) {
    return records.evidence(NAME, operation.id()).orElseThrow().evidence();
  }

  List<Shard> shards(Operation operation, Pass pass) {
    return records.shards(NAME, operation.id(), pass.id(), pass.shards());
  }

  private Operation read(Operation operation) {
    return records.operation(NAME, operation.id()).orElseThrow().value();
  }

  private void handle(Message message) {
    try {
      if (message instanceof Message.WorkShard shard) {
        Instant begun = time.instant();
        new ReencryptShard(ports, limits).handle(shard);
        work.add(
            new ShardWork(shard.passId(), shard.shard(), Duration.between(begun, time.instant())));
      } else if (message instanceof Message.Advance next) {
        new AdvanceOperation(ports, limits).handle(next);
      }
    } catch (Killed killed) {
      kills++;
      queues.send(message, COMES_BACK_AFTER);
    }
  }
}
