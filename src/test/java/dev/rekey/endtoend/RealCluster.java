package dev.rekey.endtoend;

import dev.rekey.app.SortableIds;
import dev.rekey.app.commandline.OneProcess;
import dev.rekey.app.commandline.Pause;
import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import dev.rekey.key.VaultKey;
import dev.rekey.kubernetes.ConnectionSettings;
import dev.rekey.kubernetes.Kubeconfig;
import dev.rekey.kubernetes.KubeconfigKubernetes;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Order;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Route;
import dev.rekey.operation.step.PlanHash;
import dev.rekey.reencryption.Limits;
import dev.rekey.service.Ports;
import dev.rekey.service.SteerAnswer;
import dev.rekey.service.SteerOperation;
import dev.rekey.service.port.Kubernetes;
import dev.rekey.simulation.azure.NewCluster;
import dev.rekey.simulation.azure.SimulatedArm;
import dev.rekey.simulation.azure.SimulatedVault;
import dev.rekey.storage.MemoryQueues;
import dev.rekey.storage.TableRecords;
import dev.rekey.testbed.Slots;
import dev.rekey.testbed.StoredSecret;
import dev.rekey.testbed.Testbed;
import dev.rekey.testbed.TestbedSetup;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Rekey, whole, on a real cluster in a simulated Azure. */
final class RealCluster implements AutoCloseable {
  static final VaultKey KEY = new VaultKey("example.vault.azure.net", "etcd");
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  final SimulatedVault vault;
  final Testbed testbed;
  final SimulatedArm arm;
  final ClusterName name;
  final KeyId firstKey;
  final RecordingTable table = new RecordingTable();
  final List<String> signals = Collections.synchronizedList(new ArrayList<>());
  final List<String> messages = Collections.synchronizedList(new ArrayList<>());
  final List<String> faults = Collections.synchronizedList(new ArrayList<>());
  final List<String> progress = Collections.synchronizedList(new ArrayList<>());
  final OneProcess rekey;

  /** Told before Rekey changes a key version in the vault. */
  volatile Runnable beforeRestoration = () -> {};

  private final TableRecords records = new TableRecords(table);
  private final Clock clock = Clock.systemUTC();
  private final Kubernetes kubernetes;

  RealCluster(int replicas) {
    this(replicas, Testbed::kubeconfig);
  }

  /**
   * @param kubeconfigOf the kubeconfig that leads to the API servers, if it isn't the plain one
   */
  RealCluster(int replicas, Function<Testbed, Path> kubeconfigOf) {
    this(replicas, null, kubeconfigOf);
  }

  /** With KMS off. */
  static RealCluster plain(int replicas) {
    return new RealCluster(replicas, Slots.NONE, Testbed::kubeconfig);
  }

  /** KMS was never on: the API servers have no encryption configuration. */
  static RealCluster neverEncrypted(int replicas) {
    return new RealCluster(replicas, Slots.UNCONFIGURED, Testbed::kubeconfig);
  }

  /**
   * @param slots null for KMS on with the first key
   */
  private RealCluster(int replicas, @Nullable Slots slots, Function<Testbed, Path> kubeconfigOf) {
    vault = new SimulatedVault(clock, new Random(7));
    firstKey = vault.createVersion(KEY);
    boolean on = slots == null;
    TestbedSetup setup = Testbed.with(vault).replicas(replicas);
    testbed = (on ? setup.key(firstKey.url()) : setup.slots(slots)).start();
    arm =
        new SimulatedArm(
            clock, new Random(11), vault, new TestbedControlPlane(testbed), Duration.ofSeconds(1));
    NewCluster off = NewCluster.named("prod");
    name = arm.add(on ? off.withKey(firstKey) : off);
    Kubeconfig kubeconfig = Kubeconfig.read(kubeconfigOf.apply(testbed), null);
    kubernetes =
        new RecordingKubernetes(
            new KubeconfigKubernetes(name, kubeconfig, ConnectionSettings.defaults("test"), clock),
            faults);
    rekey = process(UnaryOperator.identity());
    rekey.reconcile();
    vault.takeEvents();
  }

  /**
   * Another process over the same records, with queues of its own.
   *
   * @param around what it meets in place of the plain ports
   */
  OneProcess process(UnaryOperator<Ports> around) {
    MemoryQueues queues = new MemoryQueues(clock);
    Ports ports = around.apply(ports(queues));
    return new OneProcess(ports, queues, Pause.onClock(clock), Limits.ALONE, Cloud.PUBLIC);
  }

  private Ports ports(MemoryQueues queues) {
    return new Ports(
        arm,
        new WatchedVault(vault, () -> beforeRestoration.run()),
        kubernetes,
        records,
        (message, delay) -> {
          messages.add(message.toString());
          queues.send(message, delay);
        },
        (signal, reason) -> signals.add(signal + " " + reason),
        new SortableIds(clock, new Random()),
        clock);
  }

  /** A person approves the plan as it is now. */
  Operation approve(Operation planned, String approver) {
    Order approval =
        new Order(Order.Action.APPROVE, approver, "a test", now(), null, PlanHash.of(planned));
    SteerAnswer answer =
        new SteerOperation(ports(new MemoryQueues(clock))).steer(planned.id(), approval);
    return ((SteerAnswer.Accepted) answer).operation();
  }

  /** Somebody moves the cluster to a new version by hand, and rewrites nothing. */
  KeyId movedByHand() {
    KeyId made = vault.createVersion(KEY);
    vault.takeEvents();
    testbed.applyKey(made.url());
    arm.changedByAnother(name, body -> KeyIds.set(body, made));
    return made;
  }

  /** A new version is made, and its event comes in. */
  KeyId newVersionArrives() {
    KeyId made = vault.createVersion(KEY);
    vault.takeEvents().forEach(rekey::receive);
    return made;
  }

  /** The operation that is active on the cluster. */
  Operation active() {
    return rekey.unfinished(name).orElseThrow();
  }

  Operation finish(Operation operation) throws InterruptedException {
    return rekey.run(operation, latest -> progress.add(latest.toString()), PATIENCE);
  }

  Operation run(Kind kind, KeyId key) throws InterruptedException {
    return run(kind, Route.of(key, key));
  }

  Operation run(Kind kind, Route route) throws InterruptedException {
    Origin origin = new Origin(Origin.Trigger.COMMAND_LINE, "test", "a test");
    return finish(rekey.start(name, kind, route, origin).orElseThrow());
  }

  Evidence evidence(Operation operation) {
    return rekey.evidence(operation).orElseThrow().evidence();
  }

  String evidenceBytes(Operation operation) {
    return rekey.evidence(operation).orElseThrow().bytes();
  }

  /** What raw etcd holds: Secrets by the URL of their key, {@code plain} for plain ones. */
  Map<String, Long> stored(KeyId... known) {
    return counts(testbed.etcd().secrets(), known);
  }

  Map<String, Long> counts(List<StoredSecret> secrets, KeyId... known) {
    Map<String, String> names = new TreeMap<>();
    for (KeyId key : known) {
      names.put(KeyIdHash.kmsKeyId(key), key.url());
    }
    Map<String, Long> counts = new TreeMap<>();
    for (StoredSecret secret : secrets) {
      String key = secret.isPlain() ? "plain" : names.getOrDefault(secret.keyId(), secret.keyId());
      counts.merge(key, 1L, Long::sum);
    }
    return counts;
  }

  /** What ARM shows in {@code securityProfile.azureKeyVaultKms.keyId}. */
  String keyIdInArm() {
    return arm.body(name).at("/properties/securityProfile/azureKeyVaultKms/keyId").asText();
  }

  Instant now() {
    return Instant.now();
  }

  @Override
  public void close() {
    testbed.close();
  }
}
