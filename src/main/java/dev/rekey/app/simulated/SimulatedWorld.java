package dev.rekey.app.simulated;

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
import dev.rekey.service.Conduct;
import dev.rekey.service.Ports;
import dev.rekey.service.port.ClusterSurroundings;
import dev.rekey.service.port.Kubernetes;
import dev.rekey.service.port.ManagedClusters;
import dev.rekey.service.port.Messages;
import dev.rekey.service.port.OutsideSystem;
import dev.rekey.service.port.PoisonQueues;
import dev.rekey.service.port.Records;
import dev.rekey.service.port.Vault;
import dev.rekey.simulation.KubernetesUpgrade;
import dev.rekey.simulation.SimulatedControlPlane;
import dev.rekey.simulation.azure.NewCluster;
import dev.rekey.simulation.azure.NewVersion;
import dev.rekey.simulation.azure.SimulatedArm;
import dev.rekey.simulation.azure.SimulatedVault;
import dev.rekey.simulation.azure.UsualNeighbours;
import dev.rekey.simulation.cluster.ClusterShape;
import dev.rekey.simulation.cluster.SecretBatch;
import dev.rekey.simulation.cluster.SimulatedApiServers;
import dev.rekey.simulation.cluster.SimulatedCluster;
import dev.rekey.simulation.cluster.encryption.EncryptionConfiguration;
import dev.rekey.simulation.fault.Instances;
import dev.rekey.simulation.fault.OutsideCalls;
import dev.rekey.simulation.host.EventGrid;
import dev.rekey.simulation.time.HostClock;
import dev.rekey.simulation.time.VirtualTime;
import dev.rekey.storage.MemoryTable;
import dev.rekey.storage.Row;
import dev.rekey.storage.Table;
import dev.rekey.storage.TableRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One vault, one AKS cluster and the function app that looks after it, in virtual time. The same
 * shape with the same faults takes the same course, call by call.
 */
public final class SimulatedWorld {
  static final VaultKey KEY = new VaultKey("example.vault.azure.net", "etcd");
  static final VaultKey FOREIGN_KEY = new VaultKey("victim.vault.azure.net", "payments");
  private static final Instant BEGINNING = Instant.parse("2026-01-15T09:00:00Z");
  private static final Duration UPDATE_TAKES = Duration.ofMinutes(2);
  private static final Duration EVENT_TAKES_AT_MOST = Duration.ofSeconds(20);

  /** Of a version that is about to expire: Key Vault says so 30 days before. */
  static final Duration LIFETIME = Duration.ofDays(30).plusMinutes(90);

  /** Smaller than a namespace, so that every list has to go on. */
  private static final int PAGE_SIZE = 2;

  /** Shards small enough that six Secrets make three. */
  private static final Limits LIMITS = new Limits(4, Pacing.FIXED, 2, 2, Duration.ofMinutes(4));

  final Shape shape;
  private final Setup setup;
  final VirtualTime time = new VirtualTime(BEGINNING);
  final HostClock clock = new HostClock(time);
  final SimulatedVault vault;
  final SimulatedArm arm;
  final String vaultResource;
  final SimulatedControlPlane controlPlane = new SimulatedControlPlane();
  final ServersIdentity serversIdentity;
  final SimulatedCluster cluster;
  final ClusterName name;
  final MemoryTable table = new MemoryTable();
  private final Releases releases;
  final Records records = TableRecords.simulated(table);
  final OutsideCalls calls;
  final Ports ports;

  /** What the engine would be given that nobody watches: it changes nothing and meets no fault. */
  final Ports unwatched;

  final KeyView keys;
  final Envelopes envelopes;
  final SimulatedHost host;
  final HeardSignals signals = new HeardSignals();
  final WhatHappened happened = new WhatHappened();
  final WrittenBehind writtenBehind = new WrittenBehind();
  private final Disturbances disturbances;
  private final SplittableRandom random;
  private Runnable afterStep = () -> {};
  private @Nullable Instant firstSeenAt;
  final Queues queues;
  private final EventGrid eventGrid;
  private final Goal goal = new Goal(this);
  private final KeyEventParser events = new KeyEventParser(Cloud.PUBLIC);

  /** A world in which nothing has happened yet. */
  SimulatedWorld(Setup setup) {
    this.setup = setup;
    this.shape = setup.shape();
    random = new SplittableRandom(shape.seed());
    vault = new SimulatedVault(time, random.split());
    KeyId first = vault.createVersion(KEY, expiring());
    arm = new SimulatedArm(time, random.split(), vault, controlPlane, UPDATE_TAKES);
    name = arm.add(newCluster(first));
    if (shape.scenario() == Scenario.CHANGE_VAULT_ACCESS) {
      arm.integrateApiServers(name);
    }
    vaultResource = new UsualNeighbours(arm.neighbours()).around(arm.body(name), "example");
    serversIdentity = new ServersIdentity(vault);
    cluster = cluster(first);
    keys = new KeyView(arm, vault, name, KEY);
    envelopes = new Envelopes(cluster, controlPlane, keys, mayBePlain());
    setup.prepared().accept(cluster);
    drive(first);
    SplittableRandom choice = random.split();
    releases = new Releases(table, shape.seed());
    queues = new Queues(time, many -> shape.orderly() ? 0 : choice.nextInt(many), releases);
    Instances instances = new Instances();
    disturbances = new Disturbances(this, random.split());
    calls = new OutsideCalls(setup.faults(), instances, disturbances::happen, this::observe);
    eventGrid = calls.watch(EventGrid.class, OutsideSystem.VAULT, queues);
    ports = setup.tampering().ports().apply(ports());
    unwatched = setup.tampering().ports().apply(unwatched());
    host =
        new SimulatedHost(
            ports,
            conduct(),
            LIMITS,
            calls.watch(PoisonQueues.class, OutsideSystem.STORAGE, queues),
            time,
            queues.queue(),
            instances,
            releases,
            this::log);
  }

  /** Where a previous slot's version is to expire, nobody moves its expiry on. */
  private Conduct conduct() {
    Conduct plain = Conduct.auto(Cloud.PUBLIC);
    return shape.scenario() == Scenario.PREVIOUS_LEFT_TO_EXPIRE ? plain : plain.extendingPrevious();
  }

  private void observe(OutsideCalls.Observed observed) {
    log(
        () ->
            observed.call().number()
                + " "
                + observed.call().site()
                + observed.fault().map(fault -> " ! " + fault.token()).orElse(""));
    happened.note(observed);
    setup.watcher().accept(observed);
  }

  private void log(Supplier<String> line) {
    Consumer<String> log = setup.log();
    if (log != null) {
      log.accept(time.instant() + " " + line.get());
    }
  }

  private NewCluster newCluster(KeyId first) {
    NewCluster plain = NewCluster.named("example");
    NewCluster encrypted =
        beginsPlain()
            ? plain
            : beginsOnKmsV1()
                ? plain.withKey(first).onKubernetes(Migrating.OLD)
                : plain.withKey(first);
    return isObservedOnly() ? encrypted.encryptedByPlatform() : encrypted;
  }

  private void drive(KeyId first) {
    if (beginsPlain()) {
      controlPlane.drivePlain(cluster);
    } else if (beginsOnKmsV1()) {
      controlPlane.driveKmsV1(cluster, first);
    } else {
      controlPlane.drive(cluster, first);
    }
  }

  private boolean beginsPlain() {
    return shape.scenario() == Scenario.ENABLE;
  }

  private boolean beginsOnKmsV1() {
    return shape.scenario() == Scenario.MIGRATE_TO_KMS_V2;
  }

  private EncryptionConfiguration configuration(KeyId first) {
    if (beginsPlain()) {
      return EncryptionConfiguration.off();
    }
    return beginsOnKmsV1()
        ? EncryptionConfiguration.underKmsV1(first.url())
        : EncryptionConfiguration.encrypted(first.url());
  }

  /** Somebody upgrades Kubernetes. */
  void upgrade(String version) {
    new KubernetesUpgrade(arm, controlPlane, cluster, time).begin(name, version);
  }

  /** Whether Secrets may lie plain without harm. */
  private boolean mayBePlain() {
    return beginsPlain()
        || beginsOnKmsV1()
        || shape.scenario() == Scenario.DISABLE
        || shape.scenario() == Scenario.CHANGE_VAULT_ACCESS;
  }

  /** Whether AKS encrypts with keys of its own. */
  boolean isObservedOnly() {
    return shape.scenario() == Scenario.OBSERVED_ONLY;
  }

  private NewVersion expiring() {
    NewVersion plain = NewVersion.rsa();
    return switch (shape.scenario()) {
      case RENEW, OBSERVED_ONLY -> plain.expiring(BEGINNING.plus(LIFETIME));
      case PREVIOUS_LEFT_TO_EXPIRE -> plain.expiring(BEGINNING.plus(Neglect.LIFETIME));
      default -> plain;
    };
  }

  private SimulatedCluster cluster(KeyId first) {
    ClusterShape servers =
        ClusterShape.encrypting(configuration(first))
            .withReplicas(shape.replicas())
            .withPageSize(PAGE_SIZE);
    return new SimulatedCluster(
            servers,
            serversIdentity,
            time,
            random.nextLong(),
            line -> log(() -> "cluster: " + line))
        .seed(SecretBatch.of(shape.secrets(), shape.namespaces()).withBytes(64))
        .start();
  }

  private Ports ports() {
    return new Ports(
        calls.watch(ManagedClusters.class, OutsideSystem.ARM, arm),
        calls.watch(ClusterSurroundings.class, OutsideSystem.ARM, arm.surroundings()),
        calls.watch(Vault.class, OutsideSystem.VAULT, vault),
        calls.watch(
            Kubernetes.class,
            OutsideSystem.API_SERVER,
            any -> new SimulatedApiServers(cluster, clock)),
        TableRecords.simulated(
            setup
                .tampering()
                .table()
                .apply(calls.watch(Table.class, OutsideSystem.STORAGE, releases))),
        calls.watch(Messages.class, OutsideSystem.STORAGE, queues),
        signals,
        new SortableIds(clock, random.split()),
        clock);
  }

  private Ports unwatched() {
    return new Ports(
        arm,
        arm.surroundings(),
        vault,
        any -> new SimulatedApiServers(cluster, clock),
        records,
        queues,
        new HeardSignals(),
        new SortableIds(clock, new SplittableRandom(shape.seed())),
        clock);
  }

  /** What is to be done after each message and each tick. */
  void afterEachStep(Runnable action) {
    afterStep = action;
  }

  /** Does the next thing that is due. */
  void step() {
    step(hasTimer());
  }

  private void step(boolean timer) {
    host.step(timer);
    for (String text : vault.takeEvents()) {
      events
          .parse(text)
          .forEach(
              event -> {
                if (event instanceof KeyEvent ours) {
                  Duration late =
                      Duration.ofMillis(random.nextLong(EVENT_TAKES_AT_MOST.toMillis()));
                  eventGrid.deliver(ours, late);
                }
              });
    }
    if (firstSeenAt == null && records.ledger(name).isPresent()) {
      firstSeenAt = time.instant();
    }
    afterStep.run();
  }

  boolean hasTimer() {
    return setup.tampering().timer();
  }

  /** Nothing but the timer is at work. */
  void passTheTime(Duration span) {
    Instant end = time.instant().plus(span);
    while (host.nextDue().isBefore(end)) {
      step(true);
    }
    time.advanceTo(end);
  }

  /** Lets the scenario begin. */
  void begin() {
    new Beginning(this, setup).play();
  }

  void makeVersion() {
    vault.createVersion(keys.inUse());
  }

  /** Somebody starts an update to the newest version; to a new one, if ARM shows that already. */
  void moveOn() {
    if (keys.newest().equals(keys.shown())) {
      makeVersion();
    }
    arm.rotatedByAnother(name, keys.newest());
  }

  /** Whether what the scenario is about has come true. */
  boolean isGoalReached() {
    return goal.isReached();
  }

  /** Secrets that an evidence names as not rewritten. */
  static long exceptions(Evidence evidence) {
    return evidence.exceptionReasons().values().stream().mapToLong(Long::longValue).sum();
  }

  Releases releases() {
    return releases;
  }

  Disturbances disturbances() {
    return disturbances;
  }

  /** Every row of our records. */
  List<Row> rows() {
    return table.all();
  }

  List<Operation> operations() {
    return records.operations(name);
  }

  /** Whether something has been in the way of a Secret. */
  boolean mayHaveExceptions() {
    return happened.mayHaveMadeExceptions() || !cluster.admission().isClear();
  }

  /** What the last operation that has left any has left. */
  Optional<Evidence> lastEvidence() {
    return operations().stream()
        .flatMap(operation -> records.evidence(name, operation.id()).stream())
        .map(Records.StoredEvidence::evidence)
        .reduce((earlier, later) -> later);
  }

  /** Nothing is under way, and the timer has swept up what faults have left of it. */
  boolean isAtRest() {
    return queues.isEmpty()
        && operations().stream().noneMatch(Operation::isActive)
        && rows().stream().noneMatch(row -> row.rowKey().startsWith("active-"));
  }

  /** When the cluster was first seen, by the time that is right; null if it wasn't yet. */
  @Nullable Instant firstSeenAt() {
    return firstSeenAt;
  }
}
