package dev.rekey.service;

import dev.rekey.key.KeyIdHash;
import dev.rekey.operation.ClusterName;
import dev.rekey.reencryption.Listing;
import dev.rekey.reencryption.Look;
import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.reencryption.PatchMode;
import dev.rekey.reencryption.Probe;
import dev.rekey.reencryption.ReplicaLease;
import dev.rekey.reencryption.ReplicaSample;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.service.FakeReplica.FakeSecret;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.Kubernetes;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import dev.rekey.service.port.PatchLane;
import dev.rekey.service.port.SecretsPage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A small cluster in memory: replicas that take turns, Secrets under keys, faults and answers that
 * a test scripts.
 */
final class FakeApiServers implements Kubernetes, ApiServers {
  final Map<String, FakeReplica> replicas = new LinkedHashMap<>();
  final TreeMap<String, FakeSecret> secrets = new TreeMap<>();
  final List<String> patched = new ArrayList<>();
  int pageSize = 500;

  /** Names of Secrets that no list can be read past. */
  final Set<String> damaged = new HashSet<>();

  /** Whether pages come in the wrong order. */
  boolean reversed;

  /** The answer to a patch that isn't given by a replica; null where one gives it. */
  Function<SecretRef, PatchAnswer> script = secret -> null;

  /** The fault of a list of this namespace; null where it goes through. */
  Function<String, OutsideFault> listFault = namespace -> null;

  /** Runs before a call of this name: list, namespaces, leases, sample, probe, lane. */
  final Map<String, Deque<Runnable>> before = new HashMap<>();

  /** The version of every list: that of a Secret which was never written since it was stored. */
  private static final String LIST = "1";

  private static final String BEHIND = "behind ";

  /** Whether a list goes on behind a damaged one. */
  boolean takesTokensOfOthers = true;

  /** Pages of Secrets that were asked for. */
  int lists;

  private final TestClock time;
  private int turn;

  FakeApiServers(TestClock time) {
    this.time = time;
  }

  FakeReplica replica(String id, KeyIdHash key) {
    FakeReplica replica = new FakeReplica(id, key, time.instant().minus(Duration.ofDays(1)));
    replicas.put(id, replica);
    return replica;
  }

  void store(String namespace, String name, KeyIdHash key) {
    secrets.put(namespace + "/" + name, new FakeSecret(key));
  }

  void store(int count, KeyIdHash key) {
    for (int number = 0; number < count; number++) {
      store("default", String.format("s%04d", number), key);
    }
  }

  long under(KeyIdHash key) {
    return secrets.values().stream().filter(secret -> secret.key.equals(key)).count();
  }

  void beforeNext(String call, Runnable what) {
    before.computeIfAbsent(call, unused -> new ArrayDeque<>()).add(what);
  }

  void failNext(String call, OutsideFault fault) {
    beforeNext(
        call,
        () -> {
          throw fault;
        });
  }

  private void called(String call) {
    Deque<Runnable> waiting = before.get(call);
    if (waiting != null && !waiting.isEmpty()) {
      waiting.poll().run();
    }
  }

  @Override
  public ApiServers connect(ClusterName cluster) {
    called("connect");
    return this;
  }

  @Override
  public SecretsPage listSecrets(String namespace, String next, int most) {
    called("list");
    lists++;
    if (next != null && next.startsWith(BEHIND) && !takesTokensOfOthers) {
      throw World.fault(OutsideSystem.API_SERVER, OutsideFault.Kind.REJECTED);
    }
    String after = next == null ? "" : next.replace(BEHIND, "");
    OutsideFault fault = listFault.apply(namespace);
    if (fault != null) {
      throw fault;
    }
    List<SecretRef> all = new ArrayList<>();
    secrets.forEach((path, stored) -> all.add(ref(path, stored)));
    all.removeIf(secret -> !secret.namespace().equals(namespace));
    all.removeIf(secret -> secret.toString().compareTo(after) <= 0);
    int limit = Math.min(most, pageSize);
    boolean ends = all.size() <= limit;
    List<SecretRef> page = ends ? all : all.subList(0, limit);
    Optional<SecretRef> bad = page.stream().filter(one -> damaged.contains(one.name())).findFirst();
    if (bad.isPresent()) {
      OutsideFault stop = World.fault(OutsideSystem.API_SERVER, OutsideFault.Kind.UNDECRYPTABLE);
      return new SecretsPage.StoppedAt(bad.get().name(), BEHIND + bad.get(), stop);
    }
    if (reversed) {
      Collections.reverse(page);
    }
    return new SecretsPage.Names(page, LIST, ends ? null : page.get(limit - 1).toString());
  }

  static SecretRef ref(String path, FakeSecret stored) {
    int slash = path.indexOf('/');
    return new SecretRef(
        path.substring(0, slash), path.substring(slash + 1), String.valueOf(stored.version));
  }

  @Override
  public Listing<String> listNamespaces(String next) {
    called("namespaces");
    TreeSet<String> names = new TreeSet<>();
    secrets.keySet().forEach(path -> names.add(path.substring(0, path.indexOf('/'))));
    return new Listing<>(List.copyOf(names), null);
  }

  @Override
  public List<ReplicaLease> leases() {
    called("leases");
    return replicas.values().stream()
        .map(
            replica ->
                new ReplicaLease(
                    replica.id,
                    replica.leaseRenewedAt == null
                        ? time.instant().minusSeconds(5)
                        : replica.leaseRenewedAt))
        .toList();
  }

  @Override
  public ReplicaSample sample() {
    called("sample");
    return nextReplica().sample(time.instant());
  }

  private FakeReplica nextReplica() {
    List<FakeReplica> answering = replicas.values().stream().filter(one -> one.answers).toList();
    return answering.get(turn++ % answering.size());
  }

  @Override
  public Probe probe(List<SecretRef> probed) {
    called("probe");
    FakeReplica replica = nextReplica();
    ReplicaSample first = replica.sample(time.instant());
    List<Look> looks = new ArrayList<>();
    probed.forEach(secret -> looks.add(look(secret, PatchMode.APPLY, replica)));
    return new Probe(first, looks, replica.sample(time.instant()));
  }

  private Look look(SecretRef secret, PatchMode mode, FakeReplica replica) {
    patched.add(secret.toString());
    PatchAnswer scripted = script.apply(secret);
    FakeSecret stored = secrets.get(secret.toString());
    PatchAnswer answer = scripted;
    if (scripted == null) {
      answer = stored == null ? new PatchAnswer.Gone() : replica.patch(stored, mode);
    } else if (stored != null
        && scripted instanceof PatchAnswer.Refused refused
        && refused.reason().wasRead()) {
      replica.reads.merge(stored.key, 1L, Long::sum);
    }
    return new Look(secret, answer, Duration.ofMillis(5));
  }

  @Override
  public PatchLane openLane(PatchMode mode) {
    called("lane");
    Deque<Look> answers = new ArrayDeque<>();
    return new PatchLane() {
      @Override
      public void submit(SecretRef secret) {
        answers.add(look(secret, mode, nextReplica()));
      }

      @Override
      public Look take(java.time.Instant until) {
        if (answers.isEmpty()) {
          time.passUntil(until);
        } else {
          time.pass(Duration.ofMillis(1));
        }
        return answers.poll();
      }

      @Override
      public void close() {
        answers.clear();
      }
    };
  }

  @Override
  public void close() {}
}
