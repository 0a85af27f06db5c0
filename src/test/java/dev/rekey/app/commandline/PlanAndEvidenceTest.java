package dev.rekey.app.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Evidence;
import dev.rekey.operation.OperationPlan;
import dev.rekey.operation.StepName;
import dev.rekey.simulation.cluster.SecretBatch;
import org.junit.jupiter.api.Test;

/** A plan changes nothing and predicts; evidence shows the prediction beside the truth. */
class PlanAndEvidenceTest {
  private final CensusWorld world =
      new CensusWorld(SecretBatch.of(4_800, 30).in("older-"), SecretBatch.of(200, 20));

  @Test
  void planned_stepsSecretsShardsAndSecondsAreSaidAndNothingIsWritten() {
    long writes = world.cluster.oracle().writes();

    OperationPlan plan = world.plan();

    assertThat(plan.steps())
        .containsExactly(
            StepName.CHECK, StepName.CONVERGE, StepName.WRITE, StepName.PROVE, StepName.RECORD);
    assertThat(plan.secrets().estimate().secrets()).isEqualTo(5_000);
    assertThat(plan.secrets().estimate().shards()).isEqualTo(2);
    assertThat(plan.secrets().estimate().sampled()).isEqualTo(200);
    assertThat(plan.secrets().estimate().looksPerSecond()).isPositive();
    assertThat(world.cluster.oracle().writes()).isEqualTo(writes);
  }

  @Test
  void planned_nothingIsRecorded() {
    world.plan();

    assertThat(world.unfinished()).isEmpty();
  }

  @Test
  void reencrypted_evidenceShowsWhatWasPredictedAndWhatItTook() throws Exception {
    Evidence.Estimate estimate = world.reencrypt().estimate();

    assertThat(estimate.seconds()).isPositive();
    assertThat(estimate.actualSeconds()).isBetween(estimate.seconds() / 3, 3 * estimate.seconds());
  }

  @Test
  void noSecrets_planSaysSo() {
    CensusWorld empty = new CensusWorld(SecretBatch.of(0, 1), SecretBatch.of(0, 1));

    OperationPlan plan = empty.plan();

    assertThat(plan.secrets().estimate().secrets()).isZero();
    assertThat(plan.secrets().estimate().seconds()).isEqualTo(1);
  }
}
