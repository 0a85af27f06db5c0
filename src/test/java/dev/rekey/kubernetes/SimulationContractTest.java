package dev.rekey.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import dev.rekey.reencryption.CounterGrowth;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.Listing;
import dev.rekey.reencryption.Look;
import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.reencryption.PatchMode;
import dev.rekey.reencryption.Probe;
import dev.rekey.reencryption.ReplicaSample;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.reencryption.WriteShown;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.PatchLane;
import dev.rekey.service.port.SecretsPage;
import dev.rekey.simulation.cluster.ClusterShape;
import dev.rekey.simulation.cluster.SecretBatch;
import dev.rekey.simulation.cluster.SimulatedApiServers;
import dev.rekey.simulation.cluster.SimulatedCluster;
import dev.rekey.simulation.cluster.TestVault;
import dev.rekey.simulation.cluster.admission.Obstacle;
import dev.rekey.simulation.cluster.encryption.EncryptionConfiguration;
import dev.rekey.simulation.cluster.http.SimulatedApiServerHttp;
import dev.rekey.simulation.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The simulated API servers give the same answers in this process and, through the real adapter,
 * over HTTPS: what the engine meets in the simulation is what it meets on the wire.
 */
class SimulationContractTest {
  private static final String KEY_1 = "https://example.vault.azure.net/keys/etcd/1111";
  private static final String KEY_2 = "https://example.vault.azure.net/keys/etcd/2222";
  private static final String KEY_3 = "https://example.vault.azure.net/keys/etcd/3333";

  /** By which way the servers are reached. */
  enum Way {
    IN_PROCESS,
    ADAPTER_OVER_HTTPS
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void staleSecrets_patchedOnceMoveAndNeverAgain(Way way) throws Exception {
    try (World world = new World(way, KEY_2, KEY_1)) {
      List<SecretRef> listed = world.listAll();

      assertThat(listed).hasSize(30);
      assertThat(moved(world.pass(listed, PatchMode.DRY_RUN))).isZero();
      assertThat(moved(world.pass(listed, PatchMode.APPLY))).isEqualTo(30);
      assertThat(moved(world.pass(world.listAll(), PatchMode.APPLY))).isZero();
      assertThat(world.cluster.oracle().under(KEY_2)).isEqualTo(30);
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void roundOfDryRuns_countersGrowByTheSecretsUnderEachKey(Way way) throws Exception {
    try (World world = new World(way, KEY_2, KEY_1)) {
      List<SecretRef> listed = world.listAll();
      world.pass(listed.subList(0, 10), PatchMode.APPLY);
      List<SecretRef> again = world.listAll();
      ReplicaSample before = world.servers.sample();

      world.pass(again, PatchMode.DRY_RUN);

      CounterGrowth growth = CounterGrowth.between(before, world.servers.sample());
      assertThat(growth.reads()).isEqualTo(Map.of(hash(KEY_1), 20L, hash(KEY_2), 10L));
      assertThat(growth.plainReads()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void probe_showsTheWriteKey(Way way) throws Exception {
    try (World world = new World(way, KEY_2, KEY_1)) {
      SecretRef first = world.listAll().get(0);

      Probe probe = world.servers.probe(List.of(first, first));

      assertThat(WriteShown.by(probe, Instant.EPOCH).orElseThrow().key()).isEqualTo(hash(KEY_2));
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void obstacles_giveTheSameReasons(Way way) throws Exception {
    try (World world = new World(way, KEY_2, KEY_1)) {
      world.cluster.admission().put("team-00", new Obstacle.DeniedByPolicy("freeze"));
      world.cluster.admission().put("team-01", new Obstacle.WebhookDown("guard"));
      world.cluster.admission().put("team-02", "secret-0002", new Obstacle.Invalid());

      Map<String, ExceptionReason> reasons = new TreeMap<>();
      for (Look look : world.pass(world.listAll(), PatchMode.APPLY)) {
        if (look.answer() instanceof PatchAnswer.Refused refused) {
          reasons.put(look.secret().namespace(), refused.reason());
        }
      }

      assertThat(reasons)
          .isEqualTo(
              Map.of(
                  "team-00", ExceptionReason.DENIED_BY_POLICY,
                  "team-01", ExceptionReason.WEBHOOK_UNREACHABLE,
                  "team-02", ExceptionReason.INVALID));
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void keyDropped_patchesAreUndecryptableAndListsAfterARestartToo(Way way) throws Exception {
    try (World world = new World(way, KEY_3, KEY_2)) {
      SecretRef stale = world.refs().get(0);

      assertThat(world.pass(List.of(stale), PatchMode.APPLY))
          .singleElement()
          .extracting(Look::answer)
          .isEqualTo(new PatchAnswer.Refused(ExceptionReason.UNDECRYPTABLE, null));

      world.cluster.replica(0).restart();
      assertThatThrownBy(world::listAll)
          .isInstanceOfSatisfying(
              OutsideFault.class,
              fault ->
                  assertThat(fault.kind())
                      .isIn(OutsideFault.Kind.UNDECRYPTABLE, OutsideFault.Kind.BUSY));
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void someCannotBeDecrypted_eachStopsItsPageByNameAndTheListGoesOnBehindIt(Way way)
      throws Exception {
    try (World world = new World(way, KEY_2, KEY_1)) {
      List<SecretRef> team = world.servers.listSecrets("team-01", null).items();
      world.pass(List.of(team.get(3), team.get(4), team.get(9)), PatchMode.APPLY);
      world.cluster.replica(0).stage(EncryptionConfiguration.encrypted(KEY_3, KEY_2));
      assertThat(world.cluster.replica(0).reload()).isTrue();
      world.restart();

      List<String> walked = world.walk("team-01");

      assertThat(walked)
          .containsExactly(
              "-secret-0001",
              "-secret-0004",
              "-secret-0007",
              "secret-0010",
              "secret-0013",
              "-secret-0016",
              "-secret-0019",
              "-secret-0022",
              "-secret-0025",
              "secret-0028");
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void placeOfATokenIsNone_isRejected(Way way) throws Exception {
    try (World world = new World(way, KEY_2, KEY_1)) {
      assertThatThrownBy(() -> world.servers.listSecrets("team-01", "nonsense"))
          .isInstanceOfSatisfying(
              OutsideFault.class,
              fault -> assertThat(fault.kind()).isEqualTo(OutsideFault.Kind.REJECTED));
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void secretDeletedMeanwhile_isGone(Way way) throws Exception {
    try (World world = new World(way, KEY_2, KEY_1)) {
      SecretRef first = world.listAll().get(0);
      world.cluster.otherClient().delete(first.namespace(), first.name());

      assertThat(world.pass(List.of(first), PatchMode.APPLY))
          .singleElement()
          .extracting(Look::answer)
          .isEqualTo(new PatchAnswer.Gone());
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void leases_nameTheReplicaThatTheMetricsName(Way way) throws Exception {
    try (World world = new World(way, KEY_2, KEY_1)) {
      assertThat(world.servers.leases())
          .singleElement()
          .satisfies(
              lease -> assertThat(lease.replica()).isEqualTo(world.servers.sample().replica()));
    }
  }

  private static KeyIdHash hash(String keyUrl) {
    return KeyIdHash.predict(KeyId.parse(keyUrl, Cloud.PUBLIC));
  }

  private static long moved(List<Look> looks) {
    return looks.stream()
        .filter(
            look ->
                look.answer() instanceof PatchAnswer.Patched patched
                    && look.secret().isMovedBy(patched.resourceVersion()))
        .count();
  }

  /** One API server over thirty Secrets that were written with the first key. */
  private static final class World implements AutoCloseable {
    final VirtualTime time = new VirtualTime(Instant.parse("2026-03-01T00:00:00Z"));
    final SimulatedCluster cluster;
    final ApiServers servers;
    private final SimulatedApiServerHttp http;
    private final boolean overHttps;

    World(Way way, String current, String previous) throws Exception {
      ClusterShape shape =
          ClusterShape.encrypting(EncryptionConfiguration.encrypted(current, previous))
              .withReplicas(1);
      cluster = new SimulatedCluster(shape, new TestVault(), time, 7);
      cluster.seed(SecretBatch.of(30, 3), EncryptionConfiguration.encrypted(KEY_1)).start();
      overHttps = way == Way.ADAPTER_OVER_HTTPS;
      http = new SimulatedApiServerHttp(cluster, time, "token-1", StubApiServer.context());
      servers =
          overHttps
              ? Fixtures.connect(http.address().toString(), Fixtures.SETTINGS)
              : new SimulatedApiServers(cluster);
    }

    List<SecretRef> refs() {
      return cluster.oracle().secrets().stream().map(secret -> secret.ref()).toList();
    }

    List<SecretRef> listAll() {
      List<SecretRef> all = new ArrayList<>();
      for (String namespace : servers.listNamespaces(null).items()) {
        Listing<SecretRef> page = servers.listSecrets(namespace, null);
        assertThat(page.next()).isNull();
        all.addAll(page.items());
      }
      return all;
    }

    /** What was connected finds that out by its next request. */
    void restart() {
      cluster.replica(0).restart();
      try {
        servers.leases();
      } catch (OutsideFault broken) {
        servers.leases();
      }
    }

    /** Page by page of one; a minus stands before the name of what can't be decrypted. */
    List<String> walk(String namespace) {
      List<String> names = new ArrayList<>();
      String next = null;
      do {
        SecretsPage page = servers.listSecrets(namespace, next, 1);
        if (page instanceof SecretsPage.StoppedAt stopped) {
          names.add("-" + stopped.secret());
          next = stopped.behind();
        } else {
          SecretsPage.Names read = (SecretsPage.Names) page;
          read.secrets().forEach(secret -> names.add(secret.name()));
          assertThat(Long.parseLong(read.resourceVersion())).isPositive();
          next = read.next();
        }
      } while (next != null);
      return names;
    }

    List<Look> pass(List<SecretRef> secrets, PatchMode mode) {
      List<Look> looks = new ArrayList<>();
      try (PatchLane lane = servers.openLane(mode)) {
        secrets.forEach(lane::submit);
        while (looks.size() < secrets.size()) {
          Instant now = overHttps ? Instant.now() : time.instant();
          Look look = lane.take(now.plus(Duration.ofSeconds(30)));
          assertThat(look).as("an answer to %s", secrets).isNotNull();
          looks.add(look);
        }
      }
      return looks;
    }

    @Override
    public void close() {
      servers.close();
      http.close();
    }
  }
}
