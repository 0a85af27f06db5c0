package dev.rekey.kubernetes;

import static dev.rekey.kubernetes.Rounds.hash;
import static dev.rekey.kubernetes.Rounds.listAll;
import static dev.rekey.kubernetes.Rounds.moved;
import static dev.rekey.kubernetes.Rounds.page;
import static dev.rekey.kubernetes.Rounds.pass;
import static dev.rekey.kubernetes.Rounds.passUntilAnswered;
import static dev.rekey.kubernetes.Rounds.take;
import static dev.rekey.kubernetes.Rounds.walk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rekey.reencryption.BusyCause;
import dev.rekey.reencryption.CounterGrowth;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.Look;
import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.reencryption.PatchMode;
import dev.rekey.reencryption.Probe;
import dev.rekey.reencryption.ReplicaSample;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.reencryption.WriteShown;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.PatchLane;
import dev.rekey.service.port.SecretsPage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What the engine relies on. Real API servers give the same answers as the simulated ones, in this
 * process and, through the real adapter, over HTTPS: the simulation can't flatter us.
 */
abstract class ApiServersContract {
  static final String KEY_1 = "https://example.vault.azure.net/keys/etcd/1111";
  static final String KEY_2 = "https://example.vault.azure.net/keys/etcd/2222";
  static final String KEY_3 = "https://example.vault.azure.net/keys/etcd/3333";

  /** The cluster as each test begins with it, to be closed. */
  abstract ClusterUnderTest open();

  /** One that takes in few requests at once. */
  abstract ClusterUnderTest openNarrow();

  @Test
  void staleSecrets_patchedOnceMoveAndNeverAgain() {
    try (ClusterUnderTest cluster = open()) {
      List<SecretRef> listed = listAll(cluster);

      assertThat(listed).hasSize(30);
      assertThat(moved(pass(cluster, listed, PatchMode.DRY_RUN))).isZero();
      assertThat(moved(pass(cluster, listed, PatchMode.APPLY))).isEqualTo(30);
      assertThat(moved(pass(cluster, listAll(cluster), PatchMode.APPLY))).isZero();
      assertThat(cluster.under(KEY_2)).isEqualTo(30);
    }
  }

  @Test
  void roundOfDryRuns_countersGrowByTheSecretsUnderEachKey() {
    try (ClusterUnderTest cluster = open()) {
      List<SecretRef> listed = listAll(cluster);
      pass(cluster, listed.subList(0, 10), PatchMode.APPLY);
      List<SecretRef> again = listAll(cluster);
      ReplicaSample before = cluster.servers().sample();

      pass(cluster, again, PatchMode.DRY_RUN);

      CounterGrowth growth = CounterGrowth.between(before, cluster.servers().sample());
      assertThat(growth.reads()).isEqualTo(Map.of(hash(KEY_1), 20L, hash(KEY_2), 10L));
      assertThat(growth.plainReads()).isZero();
    }
  }

  @Test
  void probe_showsTheWriteKey() {
    try (ClusterUnderTest cluster = open()) {
      SecretRef first = listAll(cluster).get(0);

      Probe probe = cluster.servers().probe(List.of(first, first));

      assertThat(WriteShown.by(probe, Instant.EPOCH).orElseThrow().key()).isEqualTo(hash(KEY_2));
    }
  }

  @Test
  void obstacles_giveTheSameReasons() {
    try (ClusterUnderTest cluster = open()) {
      cluster.deny("team-00");
      cluster.breakWebhook("team-01");

      Map<String, ExceptionReason> reasons = new TreeMap<>();
      for (Look look : pass(cluster, listAll(cluster), PatchMode.APPLY)) {
        if (look.answer() instanceof PatchAnswer.Refused refused) {
          reasons.put(look.secret().namespace(), refused.reason());
        }
      }

      assertThat(reasons)
          .isEqualTo(
              Map.of(
                  "team-00", ExceptionReason.DENIED_BY_POLICY,
                  "team-01", ExceptionReason.WEBHOOK_UNREACHABLE));
    }
  }

  @Test
  void keyDropped_patchesAndListsAreUndecryptable() {
    try (ClusterUnderTest cluster = open()) {
      List<SecretRef> listed = listAll(cluster);
      cluster.kill();
      cluster.start(KEY_3, KEY_2);

      assertThat(pass(cluster, listed.subList(0, 1), PatchMode.APPLY))
          .singleElement()
          .extracting(Look::answer)
          .isEqualTo(new PatchAnswer.Refused(ExceptionReason.UNDECRYPTABLE, null));
      assertThatThrownBy(() -> listAll(cluster))
          .isInstanceOfSatisfying(
              OutsideFault.class,
              fault ->
                  assertThat(fault.kind())
                      .isIn(OutsideFault.Kind.UNDECRYPTABLE, OutsideFault.Kind.BUSY));
    }
  }

  @Test
  void someCannotBeDecrypted_eachStopsItsPageByNameAndTheListGoesOnBehindIt() {
    try (ClusterUnderTest cluster = open()) {
      List<SecretRef> team = cluster.servers().listSecrets("team-01", null).items();
      pass(cluster, List.of(team.get(3), team.get(4), team.get(9)), PatchMode.APPLY);
      cluster.kill();
      cluster.start(KEY_3, KEY_2);

      List<String> walked = walk(cluster, "team-01");

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

  @Test
  void placeOfATokenIsNone_isRejected() {
    try (ClusterUnderTest cluster = open()) {
      assertThatThrownBy(() -> cluster.servers().listSecrets("team-01", "nonsense"))
          .isInstanceOfSatisfying(
              OutsideFault.class,
              fault -> assertThat(fault.kind()).isEqualTo(OutsideFault.Kind.REJECTED));
    }
  }

  @Test
  void secretDeletedMeanwhile_isGone() {
    try (ClusterUnderTest cluster = open()) {
      SecretRef first = listAll(cluster).get(0);
      cluster.delete(first.namespace(), first.name());

      assertThat(pass(cluster, List.of(first), PatchMode.APPLY))
          .singleElement()
          .extracting(Look::answer)
          .isEqualTo(new PatchAnswer.Gone());
    }
  }

  @Test
  void leases_nameTheReplicaThatTheMetricsName() {
    try (ClusterUnderTest cluster = open()) {
      assertThat(cluster.servers().leases())
          .singleElement()
          .satisfies(
              lease -> assertThat(lease.replica()).isEqualTo(cluster.servers().sample().replica()));
    }
  }

  /** The others are told by a token of the answer how to go on. */
  @Test
  void listTookTooLong_itsTokenHasExpiredAndTheAnswersTokenGoesOn() {
    try (ClusterUnderTest cluster = open()) {
      SecretsPage.Names first = page(cluster, null, 4);
      cluster.compact();

      OutsideFault expired =
          catchThrowableOfType(
              OutsideFault.class, () -> cluster.servers().listSecrets("team-00", first.next(), 4));

      assertThat(expired.kind()).isEqualTo(OutsideFault.Kind.EXPIRED_CONTINUE);
      SecretsPage.Names rest = page(cluster, expired.freshContinue(), 100);
      assertThat(rest.next()).isNull();
      assertThat(rest.secrets()).extracting(SecretRef::name).first().isEqualTo("secret-0012");
      assertThat(first.secrets().size() + rest.secrets().size()).isEqualTo(10);
    }
  }

  @Test
  void othersChangeSecretsWhileAListGoesOn_itShowsTheStateOfItsFirstPage() {
    try (ClusterUnderTest cluster = open()) {
      SecretsPage.Names first = page(cluster, null, 4);
      cluster.create("secret-0013-and-a-half");
      cluster.delete("team-00", "secret-0015");

      SecretsPage.Names rest = page(cluster, first.next(), 100);

      assertThat(rest.secrets())
          .extracting(SecretRef::name)
          .containsExactly(
              "secret-0012",
              "secret-0015",
              "secret-0018",
              "secret-0021",
              "secret-0024",
              "secret-0027");
      assertThat(rest.resourceVersion()).isEqualTo(first.resourceVersion());
    }
  }

  @Test
  void fewAreTakenInAtOnce_theOthersAreToldWhenToComeBackAndNothingWasDoneForThem() {
    List<PatchAnswer> refused = List.of();
    for (int tries = 0; tries < 20 && refused.isEmpty(); tries++) {
      refused = refusedByAFewAtOnce(); // a fast server may have done with each before the next
    }

    assertThat(refused).isNotEmpty().allSatisfy(answer -> isToldToComeBack(answer));
  }

  /** After a second; a real server names more, and doubles it, while it goes on refusing. */
  private static void isToldToComeBack(PatchAnswer answer) {
    assertThat(answer)
        .isInstanceOfSatisfying(
            PatchAnswer.Busy.class,
            busy -> {
              assertThat(busy.cause()).isEqualTo(BusyCause.THROTTLED);
              assertThat(busy.retryAfter())
                  .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(32));
            });
  }

  private List<PatchAnswer> refusedByAFewAtOnce() {
    try (ClusterUnderTest cluster = openNarrow()) {
      List<Look> looks = pass(cluster, listAll(cluster), PatchMode.APPLY);

      List<PatchAnswer> refused =
          looks.stream()
              .map(Look::answer)
              .filter(answer -> !(answer instanceof PatchAnswer.Patched))
              .toList();
      assertThat(cluster.under(KEY_1)).isEqualTo(refused.size());
      assertThat(cluster.under(KEY_2)).isEqualTo(moved(looks));
      return refused;
    }
  }

  @Test
  void restarted_countersBeginAnewAndTheProcessStartTellsSo() {
    try (ClusterUnderTest cluster = open()) {
      ReplicaSample first = cluster.servers().sample();
      pass(cluster, listAll(cluster).subList(0, 10), PatchMode.APPLY);
      ReplicaSample before = cluster.servers().sample();
      cluster.kill();
      cluster.start(KEY_2, KEY_1);

      ReplicaSample after = cluster.servers().sample();

      assertThat(after.replica()).isEqualTo(before.replica());
      assertThat(after.processStart()).isAfter(before.processStart());
      assertThat(CounterGrowth.between(first, before).writes()).isEqualTo(Map.of(hash(KEY_2), 10L));
      assertThat(after.writes()).isEmpty();
      assertThat(after.reads()).isEqualTo(Map.of(hash(KEY_1), 20L, hash(KEY_2), 10L));
      assertThat(CounterGrowth.between(before, after).gap())
          .isEqualTo(CounterGrowth.Gap.REPLICA_RESTARTED);
    }
  }

  /** Those without an answer may have been done or not; whoever looks again finds out. */
  @Test
  void killedWithPatchesInFlight_eachIsAnsweredOrLostAndASecondLookSettlesAll() {
    try (ClusterUnderTest cluster = open()) {
      List<SecretRef> listed = listAll(cluster);
      List<Look> looks;
      try (PatchLane lane = cluster.servers().openLane(PatchMode.APPLY)) {
        listed.forEach(lane::submit);
        cluster.kill();
        looks = take(cluster, lane, listed.size());
      }
      cluster.start(KEY_2, KEY_1);
      long done = cluster.under(KEY_2);

      assertThat(looks).extracting(Look::secret).containsExactlyInAnyOrderElementsOf(listed);
      assertThat(looks)
          .filteredOn(look -> !(look.answer() instanceof PatchAnswer.Patched))
          .extracting(Look::answer)
          .containsOnly(new PatchAnswer.Busy(BusyCause.CONNECTION_LOST, null));
      assertThat(moved(looks)).isLessThanOrEqualTo(done);
      assertThat(moved(passUntilAnswered(cluster, listed))).isEqualTo(listed.size());
      assertThat(cluster.under(KEY_2)).isEqualTo(listed.size());
    }
  }
}
