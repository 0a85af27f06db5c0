package dev.rekey.waves;

import dev.rekey.app.SortableIds;
import dev.rekey.key.Cloud;
import dev.rekey.key.KeyEvent;
import dev.rekey.key.KeyEventType;
import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Operation;
import dev.rekey.reencryption.Limits;
import dev.rekey.reencryption.Pacing;
import dev.rekey.service.AdvanceOperation;
import dev.rekey.service.ClusterReport;
import dev.rekey.service.Conduct;
import dev.rekey.service.Ports;
import dev.rekey.service.ReceiveKeyEvent;
import dev.rekey.service.Reconcile;
import dev.rekey.service.ReencryptShard;
import dev.rekey.service.ReleaseAnswer;
import dev.rekey.service.ReleaseRequest;
import dev.rekey.service.ReleaseWave;
import dev.rekey.service.ReportClusters;
import dev.rekey.service.port.Conflict;
import dev.rekey.service.port.Message;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.Stored;
import dev.rekey.simulation.SimulatedControlPlane;
import dev.rekey.simulation.azure.ControlPlane;
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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Clusters that share one key, behind one simulated ARM and vault, with the real use cases. */
final class WavesWorld {
  private static final VaultKey KEY = new VaultKey("example.vault.azure.net", "etcd");
  private static final Duration BETWEEN_TICKS = Duration.ofMinutes(10);
  private static final Limits LIMITS = new Limits(4, Pacing.FIXED, 2, 100, Duration.ofMinutes(4));

  /** A Thursday. */
  final VirtualTime time = new VirtualTime(Instant.parse("2026-01-15T09:00:00Z"));

  private final SplittableRandom random = new SplittableRandom(11);
  final SimulatedVault vault = new SimulatedVault(time, random.split());
  final KeyId first = vault.createVersion(KEY);
  private final Map<String, SimulatedControlPlane> planes = new TreeMap<>();
  private final Map<String, SimulatedCluster> clusters = new TreeMap<>();

  /** Clusters whose API servers load nothing new, whatever ARM says of it. */
  private final Set<String> stuck = new HashSet<>();

  private final Map<String, KeyId> missed = new TreeMap<>();
  final SimulatedArm arm =
      new SimulatedArm(time, random.split(), vault, new Planes(), Duration.ofMinutes(2));
  private final MemoryQueues queues = new MemoryQueues(time);
  private final TableRecords records = TableRecords.simulated(new MemoryTable());
  final List<String> signals = new ArrayList<>();
  final Conduct conduct;
  private final Ports ports;
  private Instant nextTick = time.instant();

  WavesWorld(Conduct conduct) {
    this.conduct = conduct;
    this.ports =
        new Ports(
            arm,
            arm.surroundings(),
            vault,
            cluster -> new SimulatedApiServers(clusters.get(cluster.value())),
            records,
            queues,
            (name, reason) -> signals.add(name + " " + reason),
            new SortableIds(time, random.split()),
            time);
  }

  static WavesWorld auto() {
    return new WavesWorld(Conduct.auto(Cloud.PUBLIC));
  }

  /** A cluster of a few Secrets, known for long. */
  ClusterName add(String name, String... tags) {
    NewCluster made = NewCluster.named(name).withKey(first);
    for (int number = 0; number < tags.length; number += 2) {
      made = made.tagged(tags[number], tags[number + 1]);
    }
    ClusterName added = ClusterName.ofArmId(made.resourceId());
    EncryptionConfiguration encrypted = EncryptionConfiguration.encrypted(first.url());
    SimulatedCluster cluster =
        new SimulatedCluster(
                ClusterShape.encrypting(encrypted).withReplicas(2), vault, time, random.nextLong())
            .seed(SecretBatch.of(4, 2).withBytes(16))
            .start();
    SimulatedControlPlane plane = new SimulatedControlPlane();
    plane.drive(cluster, first);
    clusters.put(added.value(), cluster);
    planes.put(added.value(), plane);
    arm.add(made);
    new UsualNeighbours(arm.neighbours()).around(arm.body(added), "example");
    records.begin(added, Ledger.firstSeen(time.instant(), first));
    time.advance(Duration.ofSeconds(5));
    return added;
  }

  /** Somebody makes a version; its event is lost unless it is delivered. */
  KeyId makeVersion() {
    time.advance(Duration.ofSeconds(2)); // Key Vault dates versions by the second
    return vault.createVersion(KEY);
  }

  void deliver(KeyId version) {
    new ReceiveKeyEvent(ports, conduct)
        .handle(new KeyEvent(KeyEventType.NEW_VERSION_CREATED, version, null, null));
  }

  /** Its API servers take up nothing new from now on. */
  void stick(ClusterName cluster) {
    stuck.add(cluster.value());
  }

  /** They load what they have missed. */
  void mend(ClusterName cluster) {
    stuck.remove(cluster.value());
    KeyId key = missed.remove(cluster.value());
    if (key != null) {
      planes.get(cluster.value()).roll(cluster, key);
    }
  }

  ReleaseAnswer release(@Nullable Integer upTo, String requestKey) {
    return new ReleaseWave(ports, conduct)
        .release(
            new ReleaseRequest(
                "example.etcd", null, upTo, "ana", "the canary is known to be slow", requestKey));
  }

  /** Messages are delivered when they are due, and the timer ticks every ten minutes. */
  void pass(Duration span) {
    Instant end = time.instant().plus(span);
    while (time.instant().isBefore(end)) {
      Instant due = queues.nextDue().filter(next -> next.isBefore(nextTick)).orElse(nextTick);
      if (due.isAfter(end)) {
        time.advanceTo(end);
        return;
      }
      if (due.isAfter(time.instant())) {
        time.advanceTo(due);
      }
      if (!queues.nextDue().filter(next -> next.isBefore(nextTick)).isPresent()) {
        nextTick = time.instant().plus(BETWEEN_TICKS);
        new Reconcile(ports, conduct, Map::of).run();
      } else {
        queues.take().ifPresent(this::deliver);
      }
    }
  }

  /** The next message is delivered, and nothing else happens. */
  void step() {
    queues
        .nextDue()
        .filter(due -> due.isAfter(time.instant()))
        .ifPresent(due -> time.advanceTo(due));
    deliver(queues.take().orElseThrow());
  }

  private void deliver(Message message) {
    try {
      if (message instanceof Message.Advance next) {
        new AdvanceOperation(ports, LIMITS).handle(next);
      } else if (message instanceof Message.WorkShard shard) {
        new ReencryptShard(ports, LIMITS).handle(shard);
      }
    } catch (Conflict | OutsideFault failed) {
      signals.add("message-failed " + failed.getMessage());
    }
  }

  List<Operation> operations(ClusterName cluster) {
    return records.operations(cluster);
  }

  Operation last(ClusterName cluster) {
    List<Operation> all = operations(cluster);
    return all.get(all.size() - 1);
  }

  @Nullable Operation active(ClusterName cluster) {
    return records.active(cluster).map(Stored::value).orElse(null);
  }

  /** By what ARM shows and our ledger says. */
  boolean isProvedOn(ClusterName cluster, KeyId version) {
    Ledger ledger = records.ledger(cluster).orElseThrow().value();
    return ledger.proved() != null
        && version.equals(ledger.proved().key())
        && arm.keyIdShown(cluster).equals(version.url());
  }

  ClusterReport report(ClusterName cluster) {
    return new ReportClusters(ports, conduct)
        .report().clusters().stream()
            .filter(one -> one.cluster().name().equals(cluster))
            .findFirst()
            .orElseThrow();
  }

  /** How many updates ARM has accepted of a cluster. */
  long updates(ClusterName cluster) {
    return arm.acceptedUpdates().stream().filter(one -> one.cluster().equals(cluster)).count();
  }

  /** To each cluster its own API servers. */
  private final class Planes implements ControlPlane {
    @Override
    public void roll(ClusterName cluster, @Nullable KeyId keyId) {
      if (stuck.contains(cluster.value())) {
        missed.put(cluster.value(), keyId);
      } else {
        planes.get(cluster.value()).roll(cluster, keyId);
      }
    }

    @Override
    public void upgrade(ClusterName cluster, String version) {
      throw new IllegalStateException("nobody upgrades here");
    }

    @Override
    public boolean hasRolled(ClusterName cluster) {
      return stuck.contains(cluster.value()) || planes.get(cluster.value()).hasRolled(cluster);
    }
  }
}
