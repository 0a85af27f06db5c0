package dev.rekey.endtoend;

import dev.rekey.app.SortableIds;
import dev.rekey.app.commandline.OneProcess;
import dev.rekey.app.commandline.Pause;
import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import dev.rekey.key.VaultKey;
import dev.rekey.kubernetes.ConnectionSettings;
import dev.rekey.kubernetes.Kubeconfig;
import dev.rekey.kubernetes.KubeconfigKubernetes;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Route;
import dev.rekey.reencryption.Limits;
import dev.rekey.service.Ports;
import dev.rekey.service.port.Kubernetes;
import dev.rekey.simulation.azure.NewCluster;
import dev.rekey.simulation.azure.SimulatedArm;
import dev.rekey.simulation.azure.SimulatedVault;
import dev.rekey.simulation.azure.UsualNeighbours;
import dev.rekey.storage.MemoryQueues;
import dev.rekey.storage.TableRecords;
import dev.rekey.testbed.Await;
import dev.rekey.testbed.KubernetesVersion;
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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

  /** The ARM id of the first key's vault. */
  final String vaultResource;

  /** Key versions that the API servers may not use, though Rekey sees nothing wrong with them. */
  final Set<KeyId> forbidden = ConcurrentHashMap.newKeySet();

  /** Told before Rekey changes a key version in the vault. */
  volatile Runnable beforeRestoration = () -> {};

  /** Told when ARM has accepted other settings of KMS, before an API server hears of them. */
  volatile Runnable beforeRoll = () -> {};

  private final TableRecords records = new TableRecords(table);
  private final Clock clock = Clock.systemUTC();
  private final Kubernetes apiServers;

  RealCluster(int replicas) {
    this(replicas, Testbed::kubeconfig);
  }

  /**
   * @param kubeconfigOf the kubeconfig that leads to the API servers, if it isn't the plain one
   */
  RealCluster(int replicas, Function<Testbed, Path> kubeconfigOf) {
    this(replicas, KubernetesVersion.V1_36, null, kubeconfigOf);
  }

  /** With KMS off. */
  static RealCluster plain(int replicas) {
    return new RealCluster(replicas, KubernetesVersion.V1_36, Slots.NONE, Testbed::kubeconfig);
  }

  /** KMS was never on: the API servers have no encryption configuration. */
  static RealCluster neverEncrypted(int replicas) {
    return new RealCluster(
        replicas, KubernetesVersion.V1_36, Slots.UNCONFIGURED, Testbed::kubeconfig);
  }

  /** With KMS v1 on, and in ARM a Kubernetes that is old enough for it. */
  static RealCluster onKmsV1(int replicas) {
    return onKmsV1(KubernetesVersion.V1_34, replicas);
  }

  static RealCluster onKmsV1(KubernetesVersion version, int replicas) {
    return new RealCluster(replicas, version, null, Testbed::kubeconfig);
  }

  /**
   * @param slots null for KMS on with the first key
   */
  private RealCluster(
      int replicas,
      KubernetesVersion kubernetes,
      @Nullable Slots slots,
      Function<Testbed, Path> kubeconfigOf) {
    vault = new SimulatedVault(clock, new Random(7));
    firstKey = vault.createVersion(KEY);
    boolean on = slots == null;
    TestbedSetup setup =
        Testbed.with(new GuardedKeys(vault, forbidden)).kubernetes(kubernetes).replicas(replicas);
    testbed = (on ? setup.key(firstKey.url()) : setup.slots(slots)).start();
    TestbedControlPlane controlPlane = new TestbedControlPlane(testbed, () -> beforeRoll.run());
    arm = new SimulatedArm(clock, new Random(11), vault, controlPlane, Duration.ofSeconds(1));
    NewCluster off = NewCluster.named("prod").onKubernetes(inArm(kubernetes));
    name = arm.add(on ? off.withKey(firstKey) : off);
    vaultResource = new UsualNeighbours(arm.neighbours()).around(arm.body(name), "example");
    Kubeconfig kubeconfig = Kubeconfig.read(kubeconfigOf.apply(testbed), null);
    apiServers =
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
        arm.surroundings(),
        new WatchedVault(vault, () -> beforeRestoration.run()),
        apiServers,
        records,
        (message, delay) -> {
          messages.add(message.toString());
          queues.send(message, delay);
        },
        (signal, reason) -> signals.add(signal + " " + reason),
        new SortableIds(clock, new Random()),
        clock);
  }

  /** Somebody moves the cluster to a new version by hand, and rewrites nothing. */
  KeyId movedByHand() {
    KeyId made = vault.createVersion(KEY);
    vault.takeEvents();
    testbed.applyKey(made.url());
    arm.changedByAnother(name, body -> KeyIds.set(body, made));
    return made;
  }

  /**
   * Somebody tags the cluster. ARM's ETag moves by that, so all has to be proved anew before a key
   * is left.
   */
  void tagged() {
    arm.changedByAnother(name, body -> body.withObject("/tags").put("owner", "somebody"));
  }

  private static String inArm(KubernetesVersion version) {
    return version == KubernetesVersion.V1_36 ? "1.33.5" : "1.26.15";
  }

  /** A person turns KMS off; returns when every API server has loaded that. */
  void turnedOffByAnother() {
    arm.turnedOffByAnother(name);
    Await.until(
        "KMS is off",
        PATIENCE,
        () -> arm.body(name).at("/properties/provisioningState").asText().equals("Succeeded"),
        () -> arm.bodyText(name));
  }

  /** ARM shows KMS off; no API server hears of it. */
  void shownAsOffByArm() {
    arm.changedByAnother(
        name,
        body ->
            body.withObject("/properties/securityProfile/azureKeyVaultKms").put("enabled", false));
  }

  /** A person upgrades Kubernetes, which AKS allows while KMS v1 is off. */
  void upgradeKubernetes() {
    testbed.upgrade(KubernetesVersion.V1_36);
    shownAsUpgradedByArm();
  }

  /** ARM shows a Kubernetes with KMS v2; no API server hears of it. */
  void shownAsUpgradedByArm() {
    String version = inArm(KubernetesVersion.V1_36);
    arm.changedByAnother(
        name,
        body ->
            body.withObject("/properties")
                .put("kubernetesVersion", version)
                .put("currentKubernetesVersion", version));
  }

  /** A new version is made, and its event comes in. */
  KeyId newVersionArrives() {
    KeyId made = vault.createVersion(KEY);
    vault.takeEvents().forEach(rekey::receive);
    return made;
  }

  /** An operation as it is now, active or ended. */
  Operation latest(Operation known) {
    return records.operation(name, known.id()).orElseThrow().value();
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
    return finish(start(kind, route));
  }

  Operation start(Kind kind, Route route) {
    Origin origin = new Origin(Origin.Trigger.COMMAND_LINE, "test", "a test");
    return rekey.start(name, kind, route, origin).orElseThrow();
  }

  Ledger ledger() {
    return records.ledger(name).orElseThrow().value();
  }

  Evidence evidence(Operation operation) {
    return rekey.evidence(operation).orElseThrow().evidence();
  }

  String evidenceBytes(Operation operation) {
    return rekey.evidence(operation).orElseThrow().bytes();
  }

  /** What raw etcd holds, as {@link StoredUnder} names it. */
  Map<String, Long> stored(KeyId... known) {
    return counts(testbed.etcd().secrets(), known);
  }

  Map<String, Long> counts(List<StoredSecret> secrets, KeyId... known) {
    return StoredUnder.counts(secrets, known);
  }

  /** What ARM shows in {@code securityProfile.azureKeyVaultKms.keyId}. */
  String keyIdInArm() {
    return arm.body(name).at("/properties/securityProfile/azureKeyVaultKms/keyId").asText();
  }

  Instant now() {
    return clock.instant();
  }

  @Override
  public void close() {
    testbed.close();
  }
}
