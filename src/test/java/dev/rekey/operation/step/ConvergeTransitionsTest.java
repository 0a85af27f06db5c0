package dev.rekey.operation.step;

import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.clusterOn;
import static dev.rekey.operation.Example.facts;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.reencryption;
import static dev.rekey.operation.Example.rotation;
import static dev.rekey.operation.Example.update;
import static dev.rekey.operation.Example.updatedRotation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Decision;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.operation.StepName;
import dev.rekey.operation.step.DecisionTable.Situation;
import dev.rekey.reencryption.Samples;
import dev.rekey.reencryption.Scrape;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConvergeTransitionsTest {
  private static final Instant FRESH = NOW.minusSeconds(90);
  private static final Instant STALE = FRESH.minusMillis(1);

  /**
   * {@code seen}: whether all live API servers answered. {@code reads}: what the one that lags
   * reads. {@code waits}: for how long, if at all, the operation has been at this or another step.
   */
  private static final DecisionTable ON_FROM =
      DecisionTable.of(
          """
          keyId: from to elsewhere
          seen:  all not-all none-alive
          reads: target stale another
          waits: not-yet half-an-hour longer long-elsewhere

          to        | *                  | *             | *                                   | done: key-already-moved
          elsewhere | *                  | *             | *                                   | stall: cluster-on-another-key
          from      | not-all none-alive | *             | not-yet half-an-hour long-elsewhere | wait 10s: replica-not-seen
          from      | not-all none-alive | *             | longer                              | stall: not-converging
          from      | all                | target        | *                                   | done: converged
          from      | all                | stale another | not-yet half-an-hour long-elsewhere | wait 10s: replica-does-not-read-target
          from      | all                | stale another | longer                              | stall: not-converging
          """);

  /**
   * The same, on the target; {@code url}: whether its key URL is known, and so what ARM shows. It
   * is asked though the update is behind: a re-encryption sends none, so nobody else would see that
   * somebody has moved the cluster.
   */
  private static final DecisionTable ON_TO =
      DecisionTable.of(
          """
          url:   known unknown
          keyId: from to elsewhere
          seen:  all not-all none-alive
          reads: target stale another
          waits: not-yet half-an-hour longer long-elsewhere

          known   | from elsewhere | *                  | *             | *                                   | stall: cluster-on-another-key
          known   | to             | not-all none-alive | *             | not-yet half-an-hour long-elsewhere | wait 10s: replica-not-seen
          known   | to             | not-all none-alive | *             | longer                              | stall: not-converging
          known   | to             | all                | target        | *                                   | done: converged
          unknown | *              | not-all none-alive | *             | not-yet half-an-hour long-elsewhere | wait 10s: replica-not-seen
          unknown | *              | not-all none-alive | *             | longer                              | stall: not-converging
          unknown | *              | all                | target        | *                                   | done: converged
          known   | to             | all                | stale another | not-yet half-an-hour long-elsewhere | wait 10s: replica-does-not-read-target
          unknown | *              | all                | stale another | not-yet half-an-hour long-elsewhere | wait 10s: replicas-read-different-keys
          known   | to             | all                | stale another | longer                              | stall: not-converging
          unknown | *              | all                | stale another | longer                              | stall: not-converging
          """);

  @Test
  void everyCombinationBeforeTheUpdate_isDecidedAsTheTableSays() {
    assertThat(ON_FROM.size()).isEqualTo(108);
    ON_FROM.assertDecides(this::decideOnFrom);
  }

  @Test
  void everyCombinationAfterTheUpdate_isDecidedAsTheTableSays() {
    assertThat(ON_TO.size()).isEqualTo(216);
    ON_TO.assertDecides(this::decideOnTo);
  }

  @Test
  void s1_itIsNeverDoneOnTheTargetWhileALiveServerIsUnseenOrDoesNotReadIt() {
    ON_TO.forEach(
        this::decideOnTo,
        (situation, decision) -> {
          if (decision instanceof Decision.Done) {
            assertThat(situation.of("seen")).isEqualTo("all");
            assertThat(situation.of("reads")).isEqualTo("target");
          }
        });
  }

  private Decision decideOnFrom(Situation situation) {
    return Converge.onFrom()
        .decide(
            facts(waiting(rotation(), situation))
                .with(clusterOn(on(situation)))
                .with(scrape(situation, 1)));
  }

  private Decision decideOnTo(Situation situation) {
    boolean known = situation.is("url", "known");
    Operation operation = known ? updatedRotation(update(1)) : reencryption();
    return Converge.onTo()
        .decide(
            facts(waiting(operation, situation))
                .with(clusterOn(on(situation)))
                .with(scrape(situation, 2)));
  }

  private static int on(Situation situation) {
    return List.of("from", "to", "elsewhere").indexOf(situation.of("keyId")) + 1;
  }

  private static Scrape scrape(Situation situation, int target) {
    Samples first = Samples.of("a").polls(hash(target), FRESH).polls(hash(0), STALE);
    Samples lags = Samples.of("b");
    switch (situation.of("reads")) {
      case "target" -> lags.polls(hash(target), FRESH);
      case "stale" -> lags.polls(hash(target), STALE);
      default -> lags.polls(hash(0), NOW);
    }
    return switch (situation.of("seen")) {
      case "all" -> Samples.scrape(NOW, first, lags);
      case "not-all" -> Samples.scrape(NOW, Set.of("a", "b", "c"), first, lags);
      default -> Samples.scrape(NOW, Set.of(), first, lags);
    };
  }

  private static Operation waiting(Operation operation, Situation situation) {
    return switch (situation.of("waits")) {
      case "not-yet" -> operation;
      case "half-an-hour" -> since(operation, StepName.CONVERGE, Duration.ofMinutes(30));
      case "longer" -> since(operation, StepName.CONVERGE, Duration.ofMinutes(30).plusMillis(1));
      default -> since(operation, StepName.UPDATE_CLUSTER, Duration.ofHours(3));
    };
  }

  private static Operation since(Operation operation, StepName step, Duration ago) {
    Pending pending =
        new Pending(
            1, step, NOW.minus(ago), Pending.Doing.WAITING, Reason.REPLICA_NOT_SEEN, NOW, null, 0);
    return operation.with(operation.progress().with(pending));
  }
}
