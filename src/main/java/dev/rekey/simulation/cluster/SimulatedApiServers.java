package dev.rekey.simulation.cluster;

import dev.rekey.reencryption.Listing;
import dev.rekey.reencryption.Look;
import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.reencryption.PatchMode;
import dev.rekey.reencryption.Probe;
import dev.rekey.reencryption.ReplicaLease;
import dev.rekey.reencryption.ReplicaSample;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.PatchLane;
import dev.rekey.service.port.SecretsPage;
import dev.rekey.simulation.cluster.etcd.SecretKey;
import dev.rekey.simulation.cluster.refusal.Refusal;
import dev.rekey.simulation.cluster.refusal.Refusals;
import dev.rekey.simulation.cluster.replica.ReadableSecret;
import dev.rekey.simulation.cluster.replica.ReplicaLoad;
import dev.rekey.simulation.cluster.replica.SecretPage;
import dev.rekey.simulation.cluster.replica.SimulatedReplica;
import dev.rekey.simulation.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The simulated API servers as the use cases see them. Every call takes virtual time. */
public final class SimulatedApiServers implements ApiServers {
  private final SimulatedCluster cluster;
  private final VirtualTime time;
  private final InstantSource clock;

  public SimulatedApiServers(SimulatedCluster cluster) {
    this(cluster, cluster.time());
  }

  /**
   * The same for a client on a machine of its own.
   *
   * @param clock the machine's
   */
  public SimulatedApiServers(SimulatedCluster cluster, InstantSource clock) {
    this.cluster = cluster;
    this.time = cluster.time();
    this.clock = clock;
  }

  @Override
  public SecretsPage listSecrets(String namespace, @Nullable String next, int most) {
    String prefix = SecretKey.prefixOf(namespace);
    int limit = Math.min(most, cluster.shape().pageSize());
    SimulatedReplica replica = reach();
    try {
      SecretPage page = replica.lists().list(prefix, limit, next);
      List<SecretRef> secrets = page.items().stream().map(each -> ref(each, page)).toList();
      return new SecretsPage.Names(secrets, Long.toString(page.revision()), page.next());
    } catch (Refusal refusal) {
      return ListFaults.stop(refusal, prefix, next);
    }
  }

  /** A list of names tells no object's own resourceVersion, only that of the whole list. */
  private static SecretRef ref(ReadableSecret secret, SecretPage page) {
    SecretKey key = secret.stored().key();
    return new SecretRef(key.namespace(), key.name(), Long.toString(page.revision()));
  }

  @Override
  public Listing<String> listNamespaces(@Nullable String next) {
    reach();
    int limit = cluster.shape().pageSize();
    List<String> names = List.copyOf(cluster.namespaces().after(next == null ? "" : next));
    boolean last = names.size() <= limit;
    return last
        ? new Listing<>(names, null)
        : new Listing<>(names.subList(0, limit), names.get(limit - 1));
  }

  @Override
  public List<ReplicaLease> leases() {
    reach();
    Instant now = time.instant();
    return cluster.replicas().stream()
        .map(SimulatedReplica::lease)
        .filter(lease -> lease.existsAt(now))
        .map(lease -> new ReplicaLease(lease.idHash(), lease.renewedAt(now)))
        .toList();
  }

  @Override
  public ReplicaSample sample() {
    return reach().sample();
  }

  @Override
  public Probe probe(List<SecretRef> secrets) {
    Connection connection = connect();
    ReplicaSample before = reach(connection).sample();
    List<Look> looks = new ArrayList<>();
    for (SecretRef secret : secrets) {
      looks.add(look(connection, secret));
    }
    return new Probe(before, looks, reach(connection).sample());
  }

  @Override
  public PatchLane openLane(PatchMode mode) {
    return new SimulatedPatchLane(cluster, mode, clock);
  }

  @Override
  public void close() {
    // Nothing is held open.
  }

  private Look look(Connection connection, SecretRef secret) {
    Instant sent = time.instant();
    PatchAnswer answer;
    if (spendTime(connection)) {
      answer = PatchAnswers.ask(alive(connection), secret, PatchMode.APPLY);
    } else {
      answer = PatchAnswers.of(Refusals.throttled());
    }
    return new Look(secret, answer, Duration.between(sent, time.instant()));
  }

  private Connection connect() {
    Connection connection = Connection.open(cluster.loadBalancer());
    if (connection == null) {
      throw ListFaults.unreachable();
    }
    return connection;
  }

  private SimulatedReplica reach() {
    return reach(connect());
  }

  private SimulatedReplica reach(Connection connection) {
    if (!spendTime(connection)) {
      throw ListFaults.of(Refusals.throttled());
    }
    return alive(connection);
  }

  /** Lets the time pass that one request takes; false if the server doesn't take it in. */
  private boolean spendTime(Connection connection) {
    ReplicaLoad load = connection.replica().load();
    Instant sent = time.instant();
    boolean admitted = load.admitsOneMore();
    time.advanceTo(admitted ? load.begin(sent) : load.refusedAt(sent));
    if (admitted) {
      load.end();
    }
    return admitted;
  }

  /** The server, if it has lived until the answer. */
  private static SimulatedReplica alive(Connection connection) {
    if (connection.isBroken()) {
      throw ListFaults.unreachable();
    }
    return connection.replica();
  }
}
