package dev.rekey.upgrade;

import dev.rekey.app.SortableIds;
import dev.rekey.eventgrid.KeyEventParser;
import dev.rekey.key.Cloud;
import dev.rekey.key.KeyEvent;
import dev.rekey.key.KeyId;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Operation;
import dev.rekey.reencryption.Limits;
import dev.rekey.reencryption.Pacing;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.Shard;
import dev.rekey.service.AdvanceOperation;
import dev.rekey.service.Conduct;
import dev.rekey.service.Ports;
import dev.rekey.service.ReceiveKeyEvent;
import dev.rekey.service.Reconcile;
import dev.rekey.service.ReencryptShard;
import dev.rekey.service.RetryExceptions;
import dev.rekey.service.port.Conflict;
import dev.rekey.service.port.Message;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.simulation.SimulatedControlPlane;
import dev.rekey.simulation.azure.NewCluster;
import dev.rekey.simulation.azure.SimulatedArm;
import dev.rekey.simulation.azure.SimulatedVault;
import dev.rekey.simulation.azure.UsualNeighbours;
import dev.rekey.simulation.cluster.ClusterShape;
import dev.rekey.simulation.cluster.SecretBatch;
import dev.rekey.simulation.cluster.SimulatedApiServers;
import dev.rekey.simulation.cluster.SimulatedCluster;
import dev.rekey.simulation.cluster.admission.Obstacle;
import dev.rekey.simulation.cluster.encryption.EncryptionConfiguration;
import dev.rekey.simulation.time.VirtualTime;
import dev.rekey.storage.MemoryTable;
import dev.rekey.storage.TableRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * A simulated vault, ARM and cluster at a stage of a rotation, always on the same way. Its records
 * can be exchanged for those that a release has left at the same stage.
 */
final class ReleasedWorld {
  static final int SECRETS = 60;
  private static final VaultKey KEY = new VaultKey("example.vault.azure.net", "etcd");
  private static final Instant BEGINNING = Instant.parse("2026-01-15T09:00:00Z");
  private static final Limits LIMITS = new Limits(4, Pacing.FIXED, 1, 10, Duration.ofMinutes(4));
  private static final String DENIED = "team-01";
  private static final int MOST_MESSAGES = 5_000;

  private final VirtualTime time = new VirtualTime(BEGINNING);
  private final SplittableRandom random = new SplittableRandom(7);
  final SimulatedVault vault = new SimulatedVault(time, random.split());
  final SimulatedArm arm;
  final SimulatedCluster cluster;
  final ClusterName name;
  private final List<Waiting> queue = new ArrayList<>();
  MemoryTable table = new MemoryTable();
  private Ports ports;

  private record Waiting(Message message, Instant due) {}

  private ReleasedWorld() {
    KeyId first = vault.createVersion(KEY);
    SimulatedControlPlane controlPlane = new SimulatedControlPlane();
    arm = new SimulatedArm(time, random.split(), vault, controlPlane, Duration.ofMinutes(2));
    name = arm.add(NewCluster.named("example").withKey(first));
    new UsualNeighbours(arm.neighbours()).around(arm.body(name), "example");
    ClusterShape shape =
        ClusterShape.encrypting(EncryptionConfiguration.encrypted(first.url())).withReplicas(2);
    cluster = new SimulatedCluster(shape, vault, time, 11).seed(SecretBatch.of(SECRETS, 3)).start();
    controlPlane.drive(cluster, first);
    ports = ports();
  }

  private Ports ports() {
    return new Ports(
        arm,
        arm.surroundings(),
        vault,
        any -> new SimulatedApiServers(cluster),
        new TableRecords(table),
        (message, delay) -> queue.add(new Waiting(message, time.instant().plus(delay))),
        (signal, reason) -> {},
        new SortableIds(time, random.split()),
        time);
  }

  /** With records of this release. */
  static ReleasedWorld at(Stage stage) {
    ReleasedWorld world = new ReleasedWorld();
    world.reconcile();
    world.vault.takeEvents();
    world.time.advance(Duration.ofDays(1));
    if (stage == Stage.ENDED) {
      world.deny("secret-0001", "secret-0004");
    }
    if (stage == Stage.RENEWED) {
      world.vault.setExpiry(world.versions().get(0), BEGINNING.plus(Duration.ofDays(10)));
      world.reconcile();
    } else {
      world.vault.createVersion(KEY);
      world.vault.takeEvents().forEach(world::receive);
    }
    world.runUntil(stage);
    world.arm.refuseAssign(false);
    world.cluster.admission().clear(DENIED);
    return world;
  }

  private void deny(String... secrets) {
    for (String secret : secrets) {
      cluster.admission().put(DENIED, secret, new Obstacle.DeniedByPolicy("no-touch.example"));
    }
  }

  private void receive(String event) {
    ReceiveKeyEvent receiving = new ReceiveKeyEvent(ports, Conduct.auto(Cloud.PUBLIC));
    new KeyEventParser(Cloud.PUBLIC)
        .parse(event)
        .forEach(received -> receiving.handle((KeyEvent) received));
  }

  void reconcile() {
    new Reconcile(ports, Conduct.auto(Cloud.PUBLIC), Map::of).run();
  }

  /** Every record is gone, and those of the fixture are there, and its messages. */
  void exchangeRecords(Fixture fixture, List<Message> messages) {
    table = fixture.table();
    ports = ports();
    queue.clear();
    for (int i = 0; i < messages.size(); i++) {
      Duration delay = Duration.ofSeconds(fixture.messages().get(i).delaySeconds());
      queue.add(new Waiting(messages.get(i), time.instant().plus(delay)));
    }
  }

  private void runUntil(Stage stage) {
    for (int messages = 0; messages < MOST_MESSAGES; messages++) {
      Operation operation = last();
      if (stage.isReached(operation, this)) {
        return;
      }
      arm.refuseAssign(stage == Stage.STALLED && operation.progress().checked());
      next();
    }
    throw new AssertionError("never reached " + stage + ": " + last().progress());
  }

  /** Works until the operation has ended; the timer runs whenever nothing is left to do. */
  Operation runToTheEnd() {
    for (int messages = 0; messages < MOST_MESSAGES && last().isActive(); messages++) {
      if (queue.isEmpty()) {
        letTimerRun();
      } else {
        next();
      }
    }
    return last();
  }

  void letTimerRun() {
    time.advance(Duration.ofMinutes(10));
    reconcile();
  }

  /** Takes the next message, once it is due. */
  void next() {
    Waiting next = queue.stream().min(Comparator.comparing(Waiting::due)).orElseThrow();
    queue.remove(next);
    if (next.due().isAfter(time.instant())) {
      time.advanceTo(next.due());
    }
    try {
      if (next.message() instanceof Message.Advance advance) {
        new AdvanceOperation(ports, LIMITS).handle(advance);
      } else if (next.message() instanceof Message.WorkShard shard) {
        new ReencryptShard(ports, LIMITS).handle(shard);
      }
    } catch (OutsideFault | Conflict failed) {
      queue.add(new Waiting(next.message(), time.instant().plusSeconds(5)));
    }
  }

  boolean hasMessages() {
    return !queue.isEmpty();
  }

  boolean hasShardAtWork() {
    return queue.stream().anyMatch(each -> each.message() instanceof Message.WorkShard);
  }

  Operation last() {
    List<Operation> all = ports.records().operations(name);
    return all.get(all.size() - 1);
  }

  Optional<Operation> retryExceptions() {
    return new RetryExceptions(ports).retry(name, last().origin());
  }

  Evidence evidence() {
    return ports.records().evidence(name, last().id()).orElseThrow().evidence();
  }

  List<Shard> shards(Operation operation, Pass pass) {
    return ports.records().shards(name, operation.id(), pass.id(), pass.shards());
  }

  boolean hasAcceptedUpdate() {
    return !arm.acceptedUpdates().isEmpty();
  }

  List<KeyId> versions() {
    return vault.versions(KEY).stream().map(version -> version.id()).toList();
  }

  List<String> partitions() {
    return List.of("_keys", "_operations", name.value());
  }

  Instant now() {
    return time.instant();
  }

  /** Each message that waits, with how long it has still to wait. */
  Stream<Map.Entry<Message, Duration>> waiting() {
    return queue.stream()
        .map(each -> Map.entry(each.message(), Duration.between(now(), each.due())));
  }
}
