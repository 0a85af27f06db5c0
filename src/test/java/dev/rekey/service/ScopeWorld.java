package dev.rekey.service;

import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Mode;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.reencryption.Limits;
import dev.rekey.reencryption.Pacing;
import dev.rekey.service.port.Message;
import dev.rekey.service.port.Signals;
import dev.rekey.simulation.SimulatedControlPlane;
import dev.rekey.simulation.azure.NewCluster;
import dev.rekey.simulation.azure.SimulatedArm;
import dev.rekey.simulation.azure.SimulatedVault;
import dev.rekey.simulation.azure.UsualNeighbours;
import dev.rekey.simulation.cluster.ClusterShape;
import dev.rekey.simulation.cluster.SecretBatch;
import dev.rekey.simulation.cluster.SimulatedApiServers;
import dev.rekey.simulation.cluster.SimulatedCluster;
import dev.rekey.simulation.cluster.encryption.EncryptionConfiguration;
import dev.rekey.simulation.time.VirtualTime;
import dev.rekey.storage.MemoryQueues;
import dev.rekey.storage.MemoryTable;
import dev.rekey.storage.TableRecords;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A simulated vault, AKS and one cluster of two API servers, of whichever way of encryption, with
 * the timer every hour and a census every week.
 */
final class ScopeWorld {
  static final VaultKey KEY = new VaultKey("example.vault.azure.net", "etcd");
  private static final Duration TICK = Duration.ofHours(1);
  private static final Limits LIMITS = new Limits(8, Pacing.FIXED, 2, 10, Duration.ofMinutes(4));

  final VirtualTime time = new VirtualTime(Instant.parse("2026-03-01T10:00:00Z"));
  private final Random random = new Random(1);
  final SimulatedVault vault = new SimulatedVault(time, random);
  final SimulatedControlPlane plane = new SimulatedControlPlane();
  final SimulatedArm arm = new SimulatedArm(time, random, vault, plane, Duration.ofMinutes(2));
  final KeyId first = vault.createVersion(KEY);
  final SimulatedCluster cluster;
  final ClusterName name;
  final TableRecords records = new TableRecords(new MemoryTable());
  final MemoryQueues queues = new MemoryQueues(time);
  final List<String> signals = new ArrayList<>();
  final Ports ports;
  private int ids;
  Conduct conduct = Conduct.auto(Cloud.PUBLIC).creatingNone().counting(Period.ofDays(7));

  private ScopeWorld(
      BiFunction<NewCluster, KeyId, NewCluster> shown,
      Function<KeyId, EncryptionConfiguration> configuration) {
    name = arm.add(shown.apply(NewCluster.named("example"), first));
    new UsualNeighbours(arm.neighbours()).around(arm.body(name), "example");
    cluster =
        new SimulatedCluster(
                ClusterShape.encrypting(configuration.apply(first)).withReplicas(2), vault, time, 7)
            .seed(SecretBatch.of(20, 4).withBytes(64))
            .start();
    ports =
        new Ports(
            arm,
            arm.surroundings(),
            vault,
            any -> new SimulatedApiServers(cluster),
            records,
            queues,
            signals(),
            last -> "20260301-" + String.format("%05d", ++ids),
            time);
  }

  private Signals signals() {
    return new Signals() {
      @Override
      public void count(String signal, String reason) {
        signals.add(signal + " " + reason);
      }

      @Override
      public void tell(String signal, String reason, String detail) {
        signals.add(signal + " " + reason + ": " + detail);
      }
    };
  }

  /** On a key version of the customer's. */
  static ScopeWorld onKey() {
    return encrypted(NewCluster::withKey);
  }

  /** On a key of the customer's that ARM shows without a version. */
  static ScopeWorld onKeyWithoutVersion() {
    return encrypted((cluster, key) -> cluster.withKey(key.key().toString()));
  }

  /** On a key of AKS' own, which is as good as any of a vault to the simulated API servers. */
  static ScopeWorld onPlatformKey() {
    return encrypted((cluster, key) -> cluster.encryptedByPlatform());
  }

  private static ScopeWorld encrypted(BiFunction<NewCluster, KeyId, NewCluster> shown) {
    ScopeWorld world = new ScopeWorld(shown, key -> EncryptionConfiguration.encrypted(key.url()));
    world.plane.drive(world.cluster, world.first);
    return world;
  }

  /** Without KMS. */
  static ScopeWorld off() {
    ScopeWorld world =
        new ScopeWorld((cluster, key) -> cluster, key -> EncryptionConfiguration.off());
    world.plane.drivePlain(world.cluster);
    return world;
  }

  void mode(Mode mode) {
    conduct = conduct.with(mode);
  }

  /** Lets messages and the timer work for so long. */
  void run(Duration span) {
    Instant end = time.instant().plus(span);
    Instant tick = time.instant();
    while (!time.instant().isAfter(end)) {
      Instant next = queues.nextDue().filter(due -> due.isBefore(end)).orElse(tick);
      time.advanceTo(latest(time.instant(), next.isBefore(tick) ? next : tick));
      Optional<Message> message = queues.take();
      if (message.isPresent()) {
        deliver(message.get());
      } else {
        new Reconcile(ports, conduct, Map::of).run();
        tick = time.instant().plus(TICK);
      }
    }
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private void deliver(Message message) {
    if (message instanceof Message.Advance next) {
      new AdvanceOperation(ports, LIMITS).handle(next);
    } else if (message instanceof Message.WorkShard shard) {
      new ReencryptShard(ports, LIMITS).handle(shard);
    }
  }

  /** A person asks over HTTP. */
  RequestAnswer ask(Kind kind) {
    Origin origin = new Origin(Origin.Trigger.HTTP, "ada", "to know", "key-" + ids + kind.token());
    return new RequestOperation(ports, conduct)
        .request(new OperationRequest(name, kind, null, null, null, null, origin));
  }

  /** The same, and works until it is over; the operation as it ended. */
  Operation asked(Kind kind) {
    RequestAnswer answer = ask(kind);
    if (!(answer instanceof RequestAnswer.Accepted accepted)) {
      throw new AssertionError(answer);
    }
    run(Duration.ofHours(1));
    return records.operation(name, accepted.operation().id()).orElseThrow().value();
  }

  List<Operation> operations(Kind kind) {
    return records.operations(name).stream().filter(one -> one.kind() == kind).toList();
  }

  Evidence evidence(Operation operation) {
    return records.evidence(name, operation.id()).orElseThrow().evidence();
  }

  List<String> told(String signal) {
    return signals.stream().filter(one -> one.startsWith(signal + " ")).toList();
  }

  ClusterDetail report() {
    return new ReportClusters(ports, conduct).one(name).orElseThrow();
  }

  /** Somebody restores Secrets from an etcd backup of the time of a key version. */
  void restore(int secrets, KeyId of) {
    cluster.seed(
        SecretBatch.of(secrets, 1).withBytes(64).in("restored"),
        EncryptionConfiguration.encrypted(of.url()));
  }

  /** The same from the time before KMS was on. */
  void restorePlain(int secrets) {
    cluster.seed(
        SecretBatch.of(secrets, 1).withBytes(64).in("restored"), EncryptionConfiguration.off());
  }

  static String hash(KeyId version) {
    return KeyIdHash.predict(version).label();
  }
}
