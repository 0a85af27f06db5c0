package dev.rekey.operation.step;

import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.clusterOn;
import static dev.rekey.operation.Example.facts;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.operation;
import static dev.rekey.operation.Example.reencryption;
import static dev.rekey.operation.Example.rotation;
import static dev.rekey.operation.Example.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Decision;
import dev.rekey.operation.Effect;
import dev.rekey.operation.Ending;
import dev.rekey.operation.FactKind;
import dev.rekey.operation.Findings;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Progress;
import dev.rekey.operation.Reason;
import dev.rekey.operation.StepName;
import dev.rekey.reencryption.Limits;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.Passes;
import dev.rekey.reencryption.QuietReading;
import dev.rekey.reencryption.Scrape;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CountAndRecordTest {
  private final PassRounds rounds = new PassRounds(Limits.FLEET);
  private final Count count = new Count(rounds);
  private final RecordEvidence record = new RecordEvidence();
  private final Passes census = Passes.of("count", PassKind.COUNT, hash(2));

  @Test
  void censusListed_readsQuietlyAndThenBeginsWithoutARealPatch() {
    assertThat(count(census.listed()))
        .isEqualTo(
            new Decision.Act(new Effect.ReadQuietly("count-count-1"), Reason.READING_QUIETLY));
    assertThat(countAfterQuiet(Duration.ofSeconds(2), census.listed()))
        .isEqualTo(new Decision.Wait(NOW.plusSeconds(1), Reason.READING_QUIETLY));
    assertThat(countAfterQuiet(Duration.ofSeconds(3), census.listed()))
        .isEqualTo(new Decision.Act(new Effect.BeginPass("count-count-1"), Reason.SCRAPING));
  }

  @Test
  void censusFindsForeignKeys_isDoneAllTheSame() {
    assertThat(count(census.withForeignReads(hash(0))))
        .isEqualTo(new Decision.Done(Reason.COUNTED));
  }

  @Test
  void censusInterrupted_isTakenAgainAndAfterThreeStalls() {
    assertThat(count(census.interrupted())).isInstanceOf(Decision.Act.class);
    assertThat(
            count(
                    census.interrupted(),
                    census.round(2).interrupted(),
                    census.round(3).interrupted())
                .reason())
        .isEqualTo(Reason.COUNTERS_INTERRUPTED);
  }

  @Test
  void proofWithoutAKeyUrl_isOfTheKeyThatTheWritePassWroteWith() {
    RewriteStep prove = new RewriteStep(StepName.PROVE, PassKind.PROOF, rounds);
    Pass written = Passes.of("write", PassKind.WRITE, hash(7)).clean();

    Decision decision = prove.decide(facts(reencryption(written)));

    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Act.class,
            act ->
                assertThat(((Effect.ListSecrets) act.effect()).pass().target()).isEqualTo(hash(7)));
  }

  @Test
  void standingPasses_keepTheirPromises() {
    RewriteStep write = new RewriteStep(StepName.WRITE, PassKind.WRITE, rounds);
    RewriteStep prove = new RewriteStep(StepName.PROVE, PassKind.PROOF, rounds);
    Operation operation =
        reencryption(
            Passes.of("write", PassKind.WRITE, hash(7)).clean(),
            Passes.of("prove", PassKind.PROOF, hash(7)).clean());

    assertThat(write.decide(facts(operation))).isEqualTo(new Decision.Done(Reason.PASS_COMPLETE));
    assertThat(prove.decide(facts(operation))).isEqualTo(new Decision.Done(Reason.PROVED));
  }

  @Test
  void activeOperationAtItsLastStep_finishes() {
    assertThat(record.decide(facts(rotation()).with(clusterOn(2))))
        .isEqualTo(new Decision.Act(new Effect.Finish(), Reason.RECORDING));
    assertThat(record.needs(rotation())).containsExactly(FactKind.CLUSTER);
  }

  @Test
  void clusterHasMovedToAnotherKeyAtTheLastStep_stallsInsteadOfRecording() {
    assertThat(record.decide(facts(rotation()).with(clusterOn(3))).reason())
        .isEqualTo(Reason.CLUSTER_ON_ANOTHER_KEY);
  }

  @Test
  void endedOperation_isDone() {
    Ending ending = new Ending(Ending.Outcome.COMPLETED, Reason.RECORDED, null, null, NOW);
    Operation ended = rotation().with(rotation().progress().with(ending));

    assertThat(record.decide(facts(ended))).isEqualTo(new Decision.Done(Reason.RECORDED));
    assertThat(record.needs(ended)).isEmpty();
  }

  private Decision countAfterQuiet(Duration ago, Pass pass) {
    Scrape first = new Scrape(NOW.minus(ago), Set.of(), Map.of());
    Findings findings = Findings.NONE.with(new QuietReading(pass.id(), first, null));
    Progress progress = Progress.START.withChecked().with(findings);
    Operation operation = with(operation(Kind.CENSUS), progress, pass);
    return count.decide(facts(operation).with(clusterOn(1)));
  }

  private Decision count(Pass... passes) {
    Operation operation = with(operation(Kind.CENSUS), Progress.START.withChecked(), passes);
    return count.decide(facts(operation).with(clusterOn(1)));
  }
}
