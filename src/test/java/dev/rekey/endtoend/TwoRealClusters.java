package dev.rekey.endtoend;

import dev.rekey.app.SortableIds;
import dev.rekey.app.commandline.OneProcess;
import dev.rekey.app.commandline.Pause;
import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.key.VaultKey;
import dev.rekey.kubernetes.ConnectionSettings;
import dev.rekey.kubernetes.Kubeconfig;
import dev.rekey.kubernetes.KubeconfigKubernetes;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Operation;
import dev.rekey.reencryption.Limits;
import dev.rekey.service.Ports;
import dev.rekey.service.port.Kubernetes;
import dev.rekey.simulation.azure.ControlPlane;
import dev.rekey.simulation.azure.NewCluster;
import dev.rekey.simulation.azure.SimulatedArm;
import dev.rekey.simulation.azure.SimulatedVault;
import dev.rekey.simulation.azure.UsualNeighbours;
import dev.rekey.storage.MemoryQueues;
import dev.rekey.storage.MemoryTable;
import dev.rekey.storage.TableRecords;
import dev.rekey.testbed.Testbed;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Two real API servers as two clusters on one key, in a simulated Azure. */
final class TwoRealClusters implements AutoCloseable {
  static final VaultKey KEY = new VaultKey("example.vault.azure.net", "etcd");
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  final SimulatedVault vault;
  final SimulatedArm arm;
  final KeyId firstKey;
  final ClusterName canary;
  final ClusterName other;
  final List<String> signals = Collections.synchronizedList(new ArrayList<>());
  final Ports ports;
  final OneProcess rekey;
  private final Clock clock = Clock.systemUTC();
  private final Map<ClusterName, Testbed> testbeds = new LinkedHashMap<>();
  private final Map<ClusterName, TestbedControlPlane> controlPlanes = new LinkedHashMap<>();
  private final Map<ClusterName, Kubernetes> apiServers = new LinkedHashMap<>();

  /** One of wave 0, one of wave 1; both are known to Rekey. */
  TwoRealClusters() {
    vault = new SimulatedVault(clock, new Random(7));
    firstKey = vault.createVersion(KEY);
    arm = new SimulatedArm(clock, new Random(11), vault, new Behind(), Duration.ofSeconds(1));
    canary = add("canary", "0");
    other = add("other", "1");
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

  private ClusterName add(String named, String wave) {
    Testbed testbed = Testbed.with(vault).replicas(1).key(firstKey.url()).start();
    ClusterName name =
        arm.add(NewCluster.named(named).withKey(firstKey).tagged("rekey-wave", wave));
    new UsualNeighbours(arm.neighbours()).around(arm.body(name), "example");
    testbeds.put(name, testbed);
    controlPlanes.put(name, new TestbedControlPlane(testbed));
    Kubeconfig kubeconfig = Kubeconfig.read(testbed.kubeconfig(), null);
    apiServers.put(
        name,
        new KubeconfigKubernetes(name, kubeconfig, ConnectionSettings.defaults("test"), clock));
    return name;
  }

  Testbed testbed(ClusterName cluster) {
    return testbeds.get(cluster);
  }

  /** Key Vault makes a version, and its event comes in. */
  KeyId newVersionArrives() {
    KeyId made = vault.createVersion(KEY);
    vault.takeEvents().forEach(rekey::receive);
    return made;
  }

  Operation finish(Operation operation) throws InterruptedException {
    return rekey.run(operation, any -> {}, PATIENCE);
  }

  /** What raw etcd holds, as {@link StoredUnder} names it. */
  Map<String, Long> stored(ClusterName cluster, KeyId... known) {
    return StoredUnder.counts(testbed(cluster).etcd().secrets(), known);
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
