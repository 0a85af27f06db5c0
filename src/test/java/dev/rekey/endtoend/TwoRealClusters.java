package dev.rekey.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.app.SortableIds;
import dev.rekey.app.commandline.OneProcess;
import dev.rekey.app.commandline.Pause;
import dev.rekey.fleet.RetireVerdict;
import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.key.VaultKey;
import dev.rekey.kubernetes.ConnectionSettings;
import dev.rekey.kubernetes.Kubeconfig;
import dev.rekey.kubernetes.KubeconfigKubernetes;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Operation;
import dev.rekey.reencryption.Limits;
import dev.rekey.service.Conduct;
import dev.rekey.service.KeyReport;
import dev.rekey.service.KeysReport;
import dev.rekey.service.Ports;
import dev.rekey.service.ReportKeys;
import dev.rekey.service.port.Kubernetes;
import dev.rekey.simulation.azure.ControlPlane;
import dev.rekey.simulation.azure.NewCluster;
import dev.rekey.simulation.azure.SimulatedArm;
import dev.rekey.simulation.azure.SimulatedVault;
import dev.rekey.simulation.azure.UsualNeighbours;
import dev.rekey.storage.MemoryQueues;
import dev.rekey.storage.MemoryTable;
import dev.rekey.storage.TableRecords;
import dev.rekey.testbed.Seed;
import dev.rekey.testbed.StoredSecret;
import dev.rekey.testbed.Testbed;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Two real API servers as two clusters on one key, in a simulated Azure. Both were moved by hand
 * before Rekey met them, and nothing was rewritten: half of their Secrets lie under the version
 * before, which AKS holds in the slot that it doesn't show.
 */
final class TwoRealClusters implements AutoCloseable {
  static final VaultKey KEY = new VaultKey("example.vault.azure.net", "etcd");
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int SECRETS = 150;

  final SimulatedVault vault;
  final SimulatedArm arm;

  /** What both were on before Rekey met them. */
  final KeyId before;

  /** What Rekey met both on. */
  final KeyId met;

  /** Of wave 0. */
  final ClusterName canary;

  /** Of wave 1. */
  final ClusterName other;

  final List<String> signals = Collections.synchronizedList(new ArrayList<>());
  private final Ports ports;
  final OneProcess rekey;
  private final Clock clock = Clock.systemUTC();
  private final Map<ClusterName, Testbed> testbeds = new LinkedHashMap<>();
  private final Map<ClusterName, TestbedControlPlane> controlPlanes = new LinkedHashMap<>();
  private final Map<ClusterName, Kubernetes> apiServers = new LinkedHashMap<>();
  private final List<Seed> seeds = new ArrayList<>();

  TwoRealClusters() {
    vault = new SimulatedVault(clock, new Random(7));
    before = vault.createVersion(KEY);
    List<Testbed> untidy = List.of(started(), started());
    met = vault.createVersion(KEY);
    untidy.forEach(this::movedByHand);
    arm = new SimulatedArm(clock, new Random(11), vault, new Behind(), Duration.ofSeconds(1));
    canary = add("canary", "0", untidy.get(0));
    other = add("other", "1", untidy.get(1));
    MemoryQueues queues = new MemoryQueues(clock);
    ports =
        new Ports(
            arm,
            arm.surroundings(),
            vault,
            name -> apiServers.get(name).connect(name),
            new TableRecords(new MemoryTable()),
            queues,
            (signal, reason) -> signals.add(signal + " " + reason),
            new SortableIds(clock, new Random()),
            clock);
    rekey = new OneProcess(ports, queues, Pause.onClock(clock), Limits.ALONE, Cloud.PUBLIC);
    rekey.reconcile();
    vault.takeEvents();
  }

  private Testbed started() {
    Testbed testbed = Testbed.with(vault).replicas(1).key(before.url()).start();
    seeds.add(Seed.plant(testbed.requests(), "old", SECRETS, 1024, 4));
    return testbed;
  }

  private void movedByHand(Testbed testbed) {
    testbed.applyKey(met.url());
    seeds.add(Seed.plant(testbed.requests(), "new", SECRETS, 1024, 4));
  }

  private ClusterName add(String named, String wave, Testbed testbed) {
    ClusterName name = arm.add(NewCluster.named(named).withKey(met).tagged("rekey-wave", wave));
    new UsualNeighbours(arm.neighbours()).around(arm.body(name), "example");
    testbeds.put(name, testbed);
    controlPlanes.put(name, new TestbedControlPlane(testbed));
    Kubeconfig kubeconfig = Kubeconfig.read(testbed.kubeconfig(), null);
    apiServers.put(
        name,
        new KubeconfigKubernetes(name, kubeconfig, ConnectionSettings.defaults("test"), clock));
    return name;
  }

  /** Key Vault makes a version, and its event comes in. */
  KeyId newVersionArrives() {
    KeyId made = vault.createVersion(KEY);
    vault.takeEvents().forEach(rekey::receive);
    return made;
  }

  /**
   * Works on what is under way on a cluster until it has ended or stalled.
   *
   * @param meanwhile told of the operation after each message
   */
  Operation finish(ClusterName cluster, Consumer<Operation> meanwhile) throws InterruptedException {
    return rekey.run(rekey.unfinished(cluster).orElseThrow(), meanwhile, PATIENCE);
  }

  /** What {@code GET /api/keys} says of a version of the key. */
  RetireVerdict verdict(KeyId version) {
    return versions().stream()
        .filter(one -> one.id().isSameAs(version))
        .findFirst()
        .orElseThrow()
        .verdict();
  }

  private List<KeyReport.Version> versions() {
    KeysReport report = new ReportKeys(ports, Conduct.auto(Cloud.PUBLIC)).report();
    assertThat(report.isComplete()).isTrue();
    assertThat(report.keys()).hasSize(1);
    return report.keys().get(0).versions();
  }

  /** No version is called not needed that is in a slot, or that a Secret in raw etcd lies under. */
  void assertNoneIsGivenUpTooEarly() {
    for (KeyReport.Version version : versions()) {
      if (version.verdict() instanceof RetireVerdict.NotNeeded) {
        assertThat(usersInFact(version.id())).as("%s", version).isEmpty();
      }
    }
  }

  /** The clusters whose API server is configured with a version, or whose etcd has it. */
  List<ClusterName> usersInFact(KeyId version) {
    return testbeds.keySet().stream()
        .filter(cluster -> isInASlot(cluster, version) || isStored(cluster, version))
        .toList();
  }

  private boolean isInASlot(ClusterName cluster, KeyId version) {
    return testbeds.get(cluster).slots(0).keyUrls().contains(version.url());
  }

  private boolean isStored(ClusterName cluster, KeyId version) {
    return stored(cluster, version).containsKey(version.url());
  }

  /** What raw etcd holds, as {@link StoredUnder} names it. */
  Map<String, Long> stored(ClusterName cluster, KeyId... known) {
    return StoredUnder.counts(secrets(cluster), known);
  }

  List<StoredSecret> secrets(ClusterName cluster) {
    return testbeds.get(cluster).etcd().secretsAtOnce();
  }

  /** Nothing that an API server has kept in memory counts from here on. */
  void restartApiServers() {
    for (Testbed testbed : testbeds.values()) {
      testbed.replica(0).restart();
      testbed.replica(0).awaitReady();
    }
  }

  /** What of the planted Secrets was lost, changed or added, read through the API servers. */
  List<String> differences() {
    return seeds.stream().flatMap(seed -> seed.differences().stream()).toList();
  }

  @Override
  public void close() {
    testbeds.values().forEach(Testbed::close);
  }

  /** Each cluster's own control plane. */
  private final class Behind implements ControlPlane {
    @Override
    public void roll(ClusterName cluster, @Nullable KeyId keyId) {
      controlPlanes.get(cluster).roll(cluster, keyId);
    }

    @Override
    public void upgrade(ClusterName cluster, String version) {
      controlPlanes.get(cluster).upgrade(cluster, version);
    }

    @Override
    public boolean hasRolled(ClusterName cluster) {
      return controlPlanes.get(cluster).hasRolled(cluster);
    }
  }
}
