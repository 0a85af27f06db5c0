package dev.rekey.app.simulated.fleet;

import dev.rekey.app.SortableIds;
import dev.rekey.app.simulated.Queues;
import dev.rekey.app.simulated.Releases;
import dev.rekey.app.simulated.Setup;
import dev.rekey.app.simulated.SimulatedHost;
import dev.rekey.key.Cloud;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.ClusterName;
import dev.rekey.reencryption.Limits;
import dev.rekey.reencryption.Pacing;
import dev.rekey.service.Conduct;
import dev.rekey.service.Ports;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.ClusterSurroundings;
import dev.rekey.service.port.ManagedClusters;
import dev.rekey.service.port.Messages;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import dev.rekey.service.port.PoisonQueues;
import dev.rekey.service.port.Records;
import dev.rekey.service.port.Vault;
import dev.rekey.simulation.azure.SimulatedArm;
import dev.rekey.simulation.azure.SimulatedVault;
import dev.rekey.simulation.cluster.SimulatedApiServers;
import dev.rekey.simulation.fault.Instances;
import dev.rekey.simulation.fault.OutsideCalls;
import dev.rekey.simulation.time.VirtualTime;
import dev.rekey.storage.MemoryTable;
import dev.rekey.storage.Table;
import dev.rekey.storage.TableRecords;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Some vaults, the clusters that use their keys, and the function app that looks after them. */
final class Fleet {
  private static final Duration UPDATE_TAKES = Duration.ofMinutes(5);
  private static final int KEYS_IN_A_VAULT = 2;

  /** A function app looks six times as often, which would only make the year longer to play. */
  private static final Duration LOOK_EVERY = Duration.ofHours(1);

  private static final Period CENSUS_EVERY = Period.ofDays(7);
  private static final Limits LIMITS = new Limits(8, Pacing.FIXED, 2, 20, Duration.ofMinutes(4));

  final FleetShape shape;
  final VirtualTime time;
  final OutagesAtWork outages;
  final SimulatedVault vault;
  final SimulatedArm arm;
  final List<VaultKey> keys = new ArrayList<>();

  /** A key that no cluster uses, in each vault. */
  final List<VaultKey> spares = new ArrayList<>();

  final List<FleetMember> members = new ArrayList<>();
  private final Map<ClusterName, FleetMember> byName = new HashMap<>();
  final MemoryTable table = new MemoryTable();

  /** Seen by nobody but oracles. */
  final Records records = TableRecords.simulated(table);

  final Queues queues;
  final FleetSignals signals;
  final Conduct conduct;
  final Ports ports;
  final SimulatedHost host;
  private boolean othersAtWork;

  /**
   * @param recorded told of every operation that is stored
   * @param observer told of every call of the engine to ARM, vault and storage before it is made
   */
  Fleet(
      FleetShape shape,
      YearPlan plan,
      Setup.Tampering tampering,
      RecordsWatch.Listener recorded,
      Consumer<OutsideCalls.Observed> observer) {
    this.shape = shape;
    SplittableRandom random = new SplittableRandom(shape.seed());
    time = new VirtualTime(shape.begin());
    outages = new OutagesAtWork(plan.outages());
    vault = new SimulatedVault(time, random.split());
    FleetControlPlanes controlPlanes = new FleetControlPlanes();
    arm = new SimulatedArm(time, random.split(), vault, controlPlanes, UPDATE_TAKES);
    for (int number = 0; number < shape.keys(); number++) {
      keys.add(new VaultKey(host(number / KEYS_IN_A_VAULT), "etcd-" + number));
      vault.createVersion(keys.get(number));
      if (number % KEYS_IN_A_VAULT == 0) {
        spares.add(new VaultKey(host(number / KEYS_IN_A_VAULT), "payments"));
      }
    }
    spares.forEach(vault::createVersion);
    vault.takeEvents();
    for (int number = 0; number < shape.clusters(); number++) {
      FleetMember member =
          new FleetMember(number, key(number, random), time, vault, arm, random.split());
      members.add(member);
      byName.put(member.name, member);
      controlPlanes.add(member.name, member.controlPlane);
    }
    signals = new FleetSignals(time);
    Releases releases = new Releases(table, shape.seed());
    SplittableRandom choice = random.split();
    queues = new Queues(time, choice::nextInt, releases);
    Conduct counting = Conduct.auto(Cloud.PUBLIC).counting(CENSUS_EVERY).looking(LOOK_EVERY);
    conduct = random.nextBoolean() ? counting.extendingPrevious() : counting;
    Instances instances = new Instances();
    OutsideCalls calls = new OutsideCalls(outages, instances, any -> {}, observer);
    ports = tampering.ports().apply(ports(calls, releases, tampering, recorded, random.split()));
    host =
        new SimulatedHost(
            ports,
            conduct,
            LIMITS,
            calls.watch(PoisonQueues.class, OutsideSystem.STORAGE, queues),
            time,
            queues.queue(),
            instances,
            releases,
            line -> {});
  }

  private static String host(int number) {
    return "fleet-" + number + ".vault.azure.net";
  }

  /** Each has a cluster; how many more is left to chance. */
  private VaultKey key(int cluster, SplittableRandom random) {
    return keys.get(cluster < keys.size() ? cluster : random.nextInt(keys.size()));
  }

  private Ports ports(
      OutsideCalls calls,
      Releases releases,
      Setup.Tampering tampering,
      RecordsWatch.Listener recorded,
      SplittableRandom random) {
    Table watched =
        tampering.table().apply(calls.watch(Table.class, OutsideSystem.STORAGE, releases));
    return new Ports(
        calls.watch(ManagedClusters.class, OutsideSystem.ARM, arm),
        calls.watch(ClusterSurroundings.class, OutsideSystem.ARM, arm.surroundings()),
        calls.watch(Vault.class, OutsideSystem.VAULT, vault),
        this::connect,
        RecordsWatch.of(TableRecords.simulated(watched), recorded),
        calls.watch(Messages.class, OutsideSystem.STORAGE, queues),
        signals,
        new SortableIds(time, random),
        time);
  }

  private ApiServers connect(ClusterName cluster) {
    FleetMember member = member(cluster);
    if (outages.areOutOfReach(member.number)) {
      throw new OutsideFault(
          OutsideSystem.API_SERVER, OutsideFault.Kind.UNREACHABLE, "simulated: out of reach");
    }
    return new SimulatedApiServers(member.cluster);
  }

  /** The other key in the vault of a cluster's own. */
  VaultKey spareOf(FleetMember member) {
    return spares.stream()
        .filter(spare -> spare.vaultHost().equals(member.home.vaultHost()))
        .findFirst()
        .orElseThrow();
  }

  FleetMember member(ClusterName name) {
    FleetMember found = byName.get(name);
    if (found == null) {
      throw new IllegalArgumentException("no such cluster: " + name);
    }
    return found;
  }

  /** Lets somebody else than the function app do something. */
  void byOthers(Runnable action) {
    boolean before = othersAtWork;
    othersAtWork = true;
    try {
      action.run();
    } finally {
      othersAtWork = before;
    }
  }

  boolean areOthersAtWork() {
    return othersAtWork;
  }
}
