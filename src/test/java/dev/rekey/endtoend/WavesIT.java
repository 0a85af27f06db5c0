package dev.rekey.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.rekey.fleet.Ground;
import dev.rekey.fleet.Need;
import dev.rekey.fleet.RetireVerdict;
import dev.rekey.fleet.Uncertain;
import dev.rekey.fleet.Unsure;
import dev.rekey.key.KeyId;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Operation;
import dev.rekey.testbed.StoredSecret;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Two clusters share a key; the canary goes first. What is said of each key version is compared
 * with raw etcd and with what the API servers are configured with, after every message. Each test
 * begins where the one before has ended.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WavesIT {
  private TwoRealClusters clusters;
  private ClusterName canary;
  private ClusterName other;
  private KeyId second;
  private KeyId third;

  @BeforeAll
  void begin() {
    clusters = new TwoRealClusters();
    canary = clusters.canary;
    other = clusters.other;
  }

  @AfterAll
  void end() {
    clusters.close();
  }

  @Test
  @Order(1)
  void rekeyHasOnlyMetThem_versionInUseIsNeededByBothAndTheOneBeforeIsNotKnown() {
    assertThat(clusters.usersInFact(clusters.before)).containsExactly(canary, other);
    assertThat(doubts(clusters.before))
        .contains(
            tuple(canary, Uncertain.PREVIOUS_SLOT_UNKNOWN),
            tuple(other, Uncertain.PREVIOUS_SLOT_UNKNOWN));
    assertThat(needs(clusters.met))
        .containsExactlyInAnyOrder(tuple(canary, Ground.CURRENT), tuple(other, Ground.CURRENT));
  }

  @Test
  @Order(2)
  void versionComes_secondWaveIsNotTouchedBeforeTheFirstIsProved() throws Exception {
    second = rotateFirstWave();

    assertThat(needs(clusters.met))
        .containsExactlyInAnyOrder(tuple(canary, Ground.PREVIOUS), tuple(other, Ground.CURRENT));
    assertThat(doubts(clusters.before))
        .isNotEmpty()
        .allSatisfy(doubt -> assertThat(doubt.toList()).startsWith(other));
    assertThat(clusters.usersInFact(clusters.before)).containsExactly(other);
  }

  @Test
  @Order(3)
  void firstWaveIsProved_secondFollowsAndOnlyItsProofSetsTheOldestVersionFree() throws Exception {
    Instant proved = rotateSecondWave(second, clusters.before);

    assertThat(clusters.verdict(clusters.before)).isEqualTo(new RetireVerdict.NotNeeded(proved));
    assertThat(clusters.usersInFact(clusters.before)).isEmpty();
    assertThat(needs(clusters.met))
        .containsExactlyInAnyOrder(tuple(canary, Ground.PREVIOUS), tuple(other, Ground.PREVIOUS));
    assertThat(clusters.usersInFact(clusters.met)).containsExactly(canary, other); // in slots
  }

  @Test
  @Order(4)
  void nextVersionIsProvedOnTheFirstWave_theOneThatBothLeftIsNeededByTheSecondAlone()
      throws Exception {
    third = rotateFirstWave();

    assertThat(needs(clusters.met)).containsExactly(tuple(other, Ground.PREVIOUS));
    assertThat(clusters.usersInFact(clusters.met)).containsExactly(other);
    assertThat(needs(second))
        .containsExactlyInAnyOrder(tuple(canary, Ground.PREVIOUS), tuple(other, Ground.CURRENT));
  }

  @Test
  @Order(5)
  void nextVersionIsProvedOnTheSecondWaveToo_theOneThatBothLeftIsNotNeededSinceThen()
      throws Exception {
    Instant proved = rotateSecondWave(third, clusters.met);

    assertThat(clusters.verdict(clusters.met)).isEqualTo(new RetireVerdict.NotNeeded(proved));
    assertThat(clusters.usersInFact(clusters.met)).isEmpty();
    assertThat(needs(second))
        .containsExactlyInAnyOrder(tuple(canary, Ground.PREVIOUS), tuple(other, Ground.PREVIOUS));
  }

  /** API servers that start anew hold no data keys: what they can't read shows. */
  @Test
  @Order(6)
  void adviceIsFollowed_restartedApiServersAreReadyAndReadEverySecret() {
    clusters.vault.setEnabled(clusters.before, false);
    clusters.vault.setEnabled(clusters.met, false);
    clusters.restartApiServers();
    clusters.signals.clear();

    clusters.rekey.reconcile();

    assertThat(clusters.differences()).isEmpty();
    assertThat(clusters.signals).noneMatch(signal -> signal.startsWith("slot-unusable"));

    clusters.vault.setEnabled(second, false); // which both need
    clusters.rekey.reconcile();

    assertThat(clusters.signals).filteredOn("slot-unusable disabled"::equals).hasSize(2);
  }

  /** The timer looks at all after every message, and begins nothing on the second wave. */
  private KeyId rotateFirstWave() throws InterruptedException {
    List<StoredSecret> untouched = clusters.secrets(other);
    String inArm = clusters.arm.bodyText(other);
    KeyId made = clusters.newVersionArrives();

    finish(
        canary,
        made,
        meanwhile -> {
          if (meanwhile.isActive()) {
            clusters.rekey.reconcile();
          }
          assertThat(clusters.rekey.unfinished(other)).isEmpty();
        });
    assertThat(clusters.secrets(other)).isEqualTo(untouched);
    assertThat(clusters.arm.bodyText(other)).isEqualTo(inArm);
    assertThat(clusters.signals).anyMatch(signal -> signal.contains("held-by-wave"));
    return made;
  }

  /**
   * Returns when it was proved.
   *
   * @param wanted what isn't set free before
   */
  private Instant rotateSecondWave(KeyId to, KeyId wanted) throws InterruptedException {
    clusters.rekey.reconcile();

    Operation ended =
        finish(
            other,
            to,
            meanwhile ->
                assertThat(clusters.verdict(wanted) instanceof RetireVerdict.NotNeeded)
                    .as("%s", meanwhile.progress())
                    .isEqualTo(!meanwhile.isActive()));
    return Objects.requireNonNull(ended.progress().ending()).at();
  }

  private Operation finish(ClusterName cluster, KeyId to, Consumer<Operation> meanwhile)
      throws InterruptedException {
    Operation ended =
        clusters.finish(
            cluster,
            latest -> {
              clusters.assertNoneIsGivenUpTooEarly();
              meanwhile.accept(latest);
            });
    assertThat(ended.progress().ending()).as("%s", ended.progress().pending()).isNotNull();
    assertThat(ended.progress().ending().outcome()).isEqualTo(Ending.Outcome.COMPLETED);
    long all = clusters.secrets(cluster).size();
    assertThat(clusters.stored(cluster, to)).isEqualTo(Map.of(to.url(), all));
    return ended;
  }

  private List<Tuple> needs(KeyId version) {
    assertThat(clusters.verdict(version)).isInstanceOf(RetireVerdict.Needed.class);
    List<Need> needs = ((RetireVerdict.Needed) clusters.verdict(version)).needs();
    return needs.stream().map(need -> tuple(need.cluster(), need.ground())).toList();
  }

  private List<Tuple> doubts(KeyId version) {
    assertThat(clusters.verdict(version)).isInstanceOf(RetireVerdict.NotKnown.class);
    List<Unsure> doubts = ((RetireVerdict.NotKnown) clusters.verdict(version)).doubts();
    return doubts.stream().map(doubt -> tuple(doubt.cluster(), doubt.cause())).toList();
  }
}
