package dev.rekey.simulation.cluster;

import dev.rekey.simulation.cluster.admission.Admission;
import dev.rekey.simulation.cluster.encryption.EncryptionConfiguration;
import dev.rekey.simulation.cluster.etcd.EtcdWatcher;
import dev.rekey.simulation.cluster.etcd.SimulatedEtcd;
import dev.rekey.simulation.cluster.replica.EventLog;
import dev.rekey.simulation.cluster.replica.ListSnapshots;
import dev.rekey.simulation.cluster.replica.SharedParts;
import dev.rekey.simulation.cluster.replica.SimulatedReplica;
import dev.rekey.simulation.key.KeyOperations;
import dev.rekey.simulation.time.VirtualTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** One etcd, some API servers, the load balancer before them. */
public final class SimulatedCluster {
  private final ClusterShape shape;
  private final SplittableRandom random;
  private final SharedParts parts;
  private final Namespaces namespaces = new Namespaces();
  private final List<SimulatedReplica> replicas = new ArrayList<>();
  private final LoadBalancer loadBalancer;
  private final StorageOracle oracle;

  /**
   * A cluster with nothing in it and nothing running yet; {@link #seed} and {@link #start} follow.
   */
  public SimulatedCluster(
      ClusterShape shape, KeyOperations keys, VirtualTime time, long seed, EventLog log) {
    this.shape = shape;
    this.random = new SplittableRandom(seed);
    SimulatedEtcd etcd = new SimulatedEtcd(random.split());
    this.parts = new SharedParts(time, etcd, keys, new Admission(), new ListSnapshots(time), log);
    this.oracle = new StorageOracle(etcd);
    this.loadBalancer = new LoadBalancer(replicas, shape.choice(), random.split());
    for (int number = 0; number < shape.replicas(); number++) {
      add(shape.configuration());
    }
  }

  public SimulatedCluster(ClusterShape shape, KeyOperations keys, VirtualTime time, long seed) {
    this(shape, keys, time, seed, EventLog.SILENT);
  }

  /** Stores Secrets as the first configuration would have written them, before any server runs. */
  public SimulatedCluster seed(SecretBatch batch) {
    return seed(batch, shape.configuration());
  }

  /** Stores Secrets as some other configuration would have written them: one long gone, perhaps. */
  public SimulatedCluster seed(SecretBatch batch, EncryptionConfiguration writtenBy) {
    new SecretSeeding(parts, namespaces, random.split()).store(batch, writtenBy);
    return this;
  }

  /** Starts every API server that isn't running. */
  public SimulatedCluster start() {
    replicas.stream().filter(replica -> !replica.isAlive()).forEach(SimulatedReplica::start);
    return this;
  }

  /** One more API server, with a lease of its own; it isn't running yet. */
  public SimulatedReplica add(EncryptionConfiguration configuration) {
    String name = "kube-apiserver-" + replicas.size();
    SimulatedReplica replica =
        new SimulatedReplica(name, configuration, shape.settings(), parts, random.split());
    replicas.add(replica);
    return replica;
  }

  /** In the order in which they were added, dead ones too. */
  public List<SimulatedReplica> replicas() {
    return Collections.unmodifiableList(replicas);
  }

  public SimulatedReplica replica(int index) {
    return replicas.get(index);
  }

  public ClusterShape shape() {
    return shape;
  }

  public VirtualTime time() {
    return parts.time();
  }

  public Namespaces namespaces() {
    return namespaces;
  }

  public Admission admission() {
    return parts.admission();
  }

  public ListSnapshots snapshots() {
    return parts.snapshots();
  }

  public LoadBalancer loadBalancer() {
    return loadBalancer;
  }

  /** What lies in etcd, as only a test may know it. */
  public StorageOracle oracle() {
    return oracle;
  }

  /** Hears of every write to etcd from now on, in the instant in which it is done. */
  public void watch(EtcdWatcher watcher) {
    parts.etcd().watch(watcher);
  }

  /** Somebody else who uses the cluster. */
  public OtherClient otherClient() {
    return new OtherClient(loadBalancer, namespaces);
  }

  /** Somebody else reads every Secret from etcd, so that API servers hold the data keys. */
  public void readAllByAnother() {
    OtherClient other = otherClient();
    oracle.secrets().forEach(each -> other.get(each.key().namespace(), each.key().name()));
  }

  public EventLog log() {
    return parts.log();
  }
}
