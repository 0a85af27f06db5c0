package dev.rekey.operation.step;

import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.clusterOn;
import static dev.rekey.operation.Example.facts;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.reencryption;
import static dev.rekey.operation.Example.rotation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Decision;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Order;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.operation.StepName;
import dev.rekey.reencryption.Samples;
import dev.rekey.reencryption.Scrape;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConvergeTest {
  private final Converge onTo = Converge.onTo();

  @Test
  void everyReplicaReadsTheTarget_done() {
    Scrape scrape =
        Samples.scrape(
            NOW, Samples.of("a").polls(hash(2), NOW), Samples.of("b").polls(hash(2), NOW));

    assertThat(decide(rotation(), scrape)).isEqualTo(new Decision.Done(Reason.CONVERGED));
  }

  /**
   * Whoever trusts the newest status sample is fooled: each polls both, and the old one was polled
   * last.
   */
  @Test
  void oldKeyHasTheNewestStatusSample_doneAllTheSame() {
    Scrape scrape =
        Samples.scrape(
            NOW,
            Samples.of("a")
                .polls(hash(2), NOW.minusSeconds(50))
                .polls(hash(1), NOW.minusSeconds(1)));

    assertThat(decide(rotation(), scrape)).isEqualTo(new Decision.Done(Reason.CONVERGED));
  }

  /**
   * And the other way round: the newest sample is the target's, on a replica that answers for
   * another.
   */
  @Test
  void onlyOneOfTwoReplicasHasTheNewestSampleOfTheTarget_waits() {
    Scrape scrape =
        Samples.scrape(
            NOW, Samples.of("a").polls(hash(2), NOW), Samples.of("b").polls(hash(1), NOW));

    assertThat(decide(rotation(), scrape))
        .isEqualTo(new Decision.Wait(NOW.plusSeconds(10), Reason.REPLICA_DOES_NOT_READ_TARGET));
  }

  @Test
  void replicaOnceReadTheTargetAndDroppedIt_waits() {
    Scrape scrape = Samples.scrape(NOW, Samples.of("a").polls(hash(2), NOW.minusSeconds(120)));

    assertThat(decide(rotation(), scrape).reason()).isEqualTo(Reason.REPLICA_DOES_NOT_READ_TARGET);
  }

  @Test
  void liveReplicaDidNotAnswer_waits() {
    Scrape scrape = Samples.scrape(NOW, Set.of("a", "b"), Samples.of("a").polls(hash(2), NOW));

    assertThat(decide(rotation(), scrape).reason()).isEqualTo(Reason.REPLICA_NOT_SEEN);
  }

  @Test
  void noReplicaLives_waits() {
    assertThat(decide(rotation(), Samples.scrape(NOW, Set.of())).reason())
        .isEqualTo(Reason.REPLICA_NOT_SEEN);
  }

  @Test
  void beforeTheUpdate_theOldKeyIsAskedFor() {
    Scrape scrape = Samples.scrape(NOW, Samples.of("a").polls(hash(1), NOW));

    assertThat(Converge.onFrom().decide(facts(rotation()).with(clusterOn(1)).with(scrape)))
        .isEqualTo(new Decision.Done(Reason.CONVERGED));
  }

  @Test
  void noKeyIsKnownAndAllReadTheSame_done() {
    Scrape scrape =
        Samples.scrape(
            NOW, Samples.of("a").polls(hash(8), NOW), Samples.of("b").polls(hash(8), NOW));

    assertThat(decide(reencryption(), scrape)).isEqualTo(new Decision.Done(Reason.CONVERGED));
  }

  @Test
  void noKeyIsKnownAndReplicasReadDifferentKeys_waits() {
    Scrape scrape =
        Samples.scrape(
            NOW, Samples.of("a").polls(hash(8), NOW), Samples.of("b").polls(hash(9), NOW));

    assertThat(decide(reencryption(), scrape).reason())
        .isEqualTo(Reason.REPLICAS_READ_DIFFERENT_KEYS);
  }

  @Test
  void stillNotAfterHalfAnHour_waitsOn() {
    assertThat(decide(waitingFor(Duration.ofMinutes(30)), Samples.scrape(NOW, Samples.of("a"))))
        .isInstanceOf(Decision.Wait.class);
  }

  @Test
  void stillNotAfterMoreThanHalfAnHour_stallsAndNamesTheReplica() {
    Decision decision =
        decide(waitingFor(Duration.ofMinutes(31)), Samples.scrape(NOW, Samples.of("slow-one")));

    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Stall.class,
            stall -> {
              assertThat(stall.reason()).isEqualTo(Reason.NOT_CONVERGING);
              assertThat(stall.detail()).contains("slow-one");
            });
  }

  /** What it couldn't do for a person's sake isn't taken for something that doesn't come round. */
  @Test
  void pausedForHoursAndResumedJustNow_waitsOn() {
    Scrape scrape = Samples.scrape(NOW, Samples.of("a").polls(hash(1), NOW));
    Operation paused = waitingFor(Duration.ofHours(5));
    Order resume =
        new Order(Order.Action.RESUME, "ana", "a test", NOW.minusSeconds(60), null, null);

    assertThat(decide(paused, scrape)).isInstanceOf(Decision.Stall.class);
    assertThat(decide(paused.with(paused.progress().with(resume)), scrape))
        .isInstanceOf(Decision.Wait.class);
  }

  @Test
  void stalledAndConvergedSince_done() {
    Scrape scrape = Samples.scrape(NOW, Samples.of("a").polls(hash(2), NOW));

    assertThat(decide(waitingFor(Duration.ofHours(5)), scrape))
        .isEqualTo(new Decision.Done(Reason.CONVERGED));
  }

  private Decision decide(Operation operation, Scrape scrape) {
    return onTo.decide(facts(operation).with(clusterOn(2)).with(scrape));
  }

  private static Operation waitingFor(Duration time) {
    Pending pending =
        new Pending(
            4,
            StepName.CONVERGE,
            NOW.minus(time),
            Pending.Doing.WAITING,
            Reason.REPLICA_DOES_NOT_READ_TARGET,
            NOW,
            null,
            0);
    return rotation().with(rotation().progress().with(pending));
  }
}
