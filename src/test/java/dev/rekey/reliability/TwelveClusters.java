package dev.rekey.reliability;

import dev.rekey.app.SortableIds;
import dev.rekey.app.simulated.Queues;
import dev.rekey.app.simulated.Releases;
import dev.rekey.app.simulated.Setup.Tampering;
import dev.rekey.app.simulated.SimulatedHost;
import dev.rekey.app.simulated.Violations;
import dev.rekey.key.Cloud;
import dev.rekey.key.KeyEvent;
import dev.rekey.key.KeyEventType;
import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.reencryption.Limits;
import dev.rekey.reencryption.Pacing;
import dev.rekey.service.Conduct;
import dev.rekey.service.Ports;
import dev.rekey.service.port.Kubernetes;
import dev.rekey.service.port.ManagedClusters;
import dev.rekey.service.port.Messages;
import dev.rekey.service.port.OutsideSystem;
import dev.rekey.service.port.PoisonQueues;
import dev.rekey.service.port.Records;
import dev.rekey.service.port.Stored;
import dev.rekey.service.port.Vault;
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
import dev.rekey.simulation.cluster.replica.ReplicaSettings;
import dev.rekey.simulation.fault.FaultPlan;
import dev.rekey.simulation.fault.FaultSource;
import dev.rekey.simulation.fault.Instances;
import dev.rekey.simulation.fault.OutsideCall;
import dev.rekey.simulation.fault.OutsideCalls;
import dev.rekey.simulation.time.VirtualTime;
import dev.rekey.storage.MemoryTable;
import dev.rekey.storage.Table;
import dev.rekey.storage.TableRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * Twelve clusters with one key, and the whole function app: a canary in wave 0, the others in wave
 * 1. The vault has a new version, the canary's API servers don't take it up, and hours later they
 * do; where it is asked for, another version comes once all are proved.
 */
public final class TwelveClusters {
  static final VaultKey KEY = new VaultKey("example.vault.azure.net", "etcd");
  private static final int OTHERS = 11;
  private static final Duration MET_AFTER = Duration.ofMinutes(20);
  private static final Duration LEFT_STALLED = Duration.ofMinutes(35);
  private static final Duration MOST_PATIENT = Duration.ofHours(12);
  private static final Duration UPDATE_TAKES = Duration.ofMinutes(2);
  private static final Limits LIMITS = new Limits(4, Pacing.FIXED, 2, 100, Duration.ofMinutes(4));
  static final Conduct CONDUCT = Conduct.auto(Cloud.PUBLIC).atMost(OTHERS + 1);

  final VirtualTime time = new VirtualTime(Instant.parse("2026-01-15T09:00:00Z"));
  private final SplittableRandom random = new SplittableRandom(12);
  private final SimulatedVault vault = new SimulatedVault(time, random.split());
  final List<KeyId> versions = new ArrayList<>(List.of(vault.createVersion(KEY)));
  final Map<ClusterName, SimulatedCluster> clusters = new LinkedHashMap<>();
  final Map<ClusterName, SimulatedControlPlane> planes = new LinkedHashMap<>();
  private final StuckPlanes controlPlanes = new StuckPlanes(planes);
  final SimulatedArm arm =
      new SimulatedArm(time, random.split(), vault, controlPlanes, UPDATE_TAKES);
  final ClusterName canary;
  private final MemoryTable table = new MemoryTable();
  final Records records = TableRecords.simulated(table);
  private final Releases releases = new Releases(table, 12);
  private final Queues queues = new Queues(time, many -> 0, releases);
  final ToldSignals signals = new ToldSignals();
  final Ports unwatched;
  private final SimulatedHost host;
  private final Violations violations = new Violations();
  private final TwelveClustersOracle oracle;
  private final List<OutsideCall> tick = new ArrayList<>();
  private final List<List<OutsideCall>> ticks = new ArrayList<>();
  private final List<List<OutsideCall>> beginnings = new ArrayList<>();
  private int begun;
  private boolean ticking;

  /**
   * What a run came to.
   *
   * @param ticks the calls of each run of the timer
   * @param beginnings those of the runs that have begun operations
   * @param retired versions that the last verdict gives up
   */
  public record Outcome(
      List<String> violations,
      List<List<OutsideCall>> ticks,
      List<List<OutsideCall>> beginnings,
      List<KeyId> retired,
      List<KeyId> versions) {}

  private TwelveClusters(Tampering tampering, FaultSource faults) {
    canary = add("canary", "0");
    for (int number = 0; number < OTHERS; number++) {
      add("other-%02d".formatted(number), "1");
    }
    vault.takeEvents();
    Instances instances = new Instances();
    OutsideCalls calls = new OutsideCalls(faults, instances, any -> {}, this::observe);
    host =
        new SimulatedHost(
            tampering.ports().apply(watched(calls)),
            CONDUCT,
            LIMITS,
            calls.watch(PoisonQueues.class, OutsideSystem.STORAGE, queues),
            time,
            queues.queue(),
            instances,
            releases,
            line -> {});
    unwatched = tampering.ports().apply(ports(arm, vault, this::connect, records, queues));
    oracle = new TwelveClustersOracle(this, violations);
  }

  private ClusterName add(String called, String wave) {
    KeyId first = versions.get(0);
    ClusterName name = arm.add(NewCluster.named(called).withKey(first).tagged("rekey-wave", wave));
    new UsualNeighbours(arm.neighbours()).around(arm.body(name), "example");
    EncryptionConfiguration encrypted = EncryptionConfiguration.encrypted(first.url());
    ClusterShape servers =
        ClusterShape.encrypting(encrypted)
            .withReplicas(2)
            .with(ReplicaSettings.measured().pollingWhenLookedAt());
    SimulatedCluster cluster =
        new SimulatedCluster(servers, vault, time, random.nextLong())
            .seed(SecretBatch.of(3, 2).withBytes(16))
            .start();
    SimulatedControlPlane plane = new SimulatedControlPlane();
    plane.drive(cluster, first);
    clusters.put(name, cluster);
    planes.put(name, plane);
    return name;
  }

  private SimulatedApiServers connect(ClusterName name) {
    return new SimulatedApiServers(clusters.get(name));
  }

  private Ports watched(OutsideCalls calls) {
    return ports(
        calls.watch(ManagedClusters.class, OutsideSystem.ARM, arm),
        calls.watch(Vault.class, OutsideSystem.VAULT, vault),
        calls.watch(Kubernetes.class, OutsideSystem.API_SERVER, this::connect),
        TableRecords.simulated(calls.watch(Table.class, OutsideSystem.STORAGE, releases)),
        calls.watch(Messages.class, OutsideSystem.STORAGE, queues));
  }

  private Ports ports(
      ManagedClusters managed,
      Vault asked,
      Kubernetes kubernetes,
      Records stored,
      Messages messages) {
    return new Ports(
        managed,
        arm.surroundings(),
        asked,
        kubernetes,
        stored,
        messages,
        signals,
        new SortableIds(time, new SplittableRandom(12)),
        time);
  }

  private void observe(OutsideCalls.Observed observed) {
    ticking |= observed.call().port().equals("PoisonQueues.counts"); // so begins the timer's run
    if (ticking) {
      observed.call().caller();
      tick.add(observed.call());
    }
  }

  /** One new version of the key. */
  public static Outcome once(Tampering tampering, FaultSource faults) {
    return new TwelveClusters(tampering, faults).run(1);
  }

  /** Another one after it, which puts the first out of every slot. */
  public static Outcome twice(Tampering tampering) {
    return new TwelveClusters(tampering, FaultPlan.NONE).run(2);
  }

  private Outcome run(int rounds) {
    pass(MET_AFTER);
    controlPlanes.stick(canary);
    makeVersion();
    passUntil(this::hasCanaryStalled);
    pass(LEFT_STALLED);
    oracle.checkTold();
    controlPlanes.mend(canary);
    passUntil(oracle::areAllProved);
    for (int round = 1; round < rounds; round++) {
      makeVersion();
      passUntil(oracle::areAllProved);
    }
    pass(MET_AFTER);
    oracle.atTheEnd();
    host.mistakes().forEach(mistake -> violations.add("T2", mistake));
    return new Outcome(violations.found(), ticks, beginnings, oracle.retired(), versions);
  }

  private void makeVersion() {
    KeyId made = vault.createVersion(KEY);
    versions.add(made);
    vault.takeEvents();
    queues.deliver(
        new KeyEvent(KeyEventType.NEW_VERSION_CREATED, made, null, null), Duration.ofSeconds(5));
  }

  private boolean hasCanaryStalled() {
    return records
        .active(canary)
        .map(Stored::value)
        .map(operation -> operation.progress().pending())
        .filter(pending -> pending.doing() == Pending.Doing.STALLED)
        .isPresent();
  }

  private void passUntil(BooleanSupplier so) {
    Instant end = time.instant().plus(MOST_PATIENT);
    while (!so.getAsBoolean() && time.instant().isBefore(end)) {
      step();
    }
  }

  private void pass(Duration span) {
    Instant end = time.instant().plus(span);
    while (host.nextDue().isBefore(end)) {
      step();
    }
    time.advanceTo(end);
  }

  private void step() {
    host.step(true);
    if (ticking) {
      note(List.copyOf(tick));
      tick.clear();
      ticking = false;
    }
    oracle.afterStep();
  }

  private void note(List<OutsideCall> calls) {
    ticks.add(calls);
    int now = clusters.keySet().stream().mapToInt(name -> operations(name).size()).sum();
    if (now > begun) {
      beginnings.add(calls);
    }
    begun = now;
  }

  List<Operation> operations(ClusterName name) {
    return records.operations(name);
  }

  Optional<Ledger> ledger(ClusterName name) {
    return records.ledger(name).map(Stored::value);
  }
}
