package dev.rekey.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.app.simulated.Course;
import dev.rekey.app.simulated.Scenario;
import dev.rekey.app.simulated.Setup;
import dev.rekey.app.simulated.Shape;
import dev.rekey.simulation.fault.Fault;
import dev.rekey.simulation.fault.FaultPlan;
import dev.rekey.simulation.fault.OutsideCall;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A migration that upgrades Kubernetes itself, in the function app, with a fault at the very call
 * that sends the upgrade. The world of seed 1 is one in which that is asked for.
 */
class UpgradeFaultsTest {
  private static final String SEND = "ManagedClusters.upgradeKubernetes";
  private static final Shape SHAPE = Shape.smallest(Scenario.MIGRATE_TO_KMS_V2);
  private static final Baseline CALM = Baseline.of(SHAPE);

  @Test
  void nothingGoesWrong_theUpgradeIsSentOnceAndAllIsProved() {
    assertThat(sent()).hasSize(1);
    assertIsProved(CALM.outcome());
    assertThat(CALM.outcome().effects().updates()).isEqualTo(3);
  }

  /** Whoever has it made by a person is served as before. */
  @Test
  void evenSeed_theUpgradeIsLeftToAPerson() {
    Baseline left = Baseline.of(new Shape(SHAPE.scenario(), 2, SHAPE.secrets(), 2, 2, true));

    assertThat(left.calls()).extracting(OutsideCall::port).doesNotContain(SEND);
    assertIsProved(left.outcome());
    assertThat(left.outcome().effects().updates()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CRASH_BEFORE",
        "CRASH_AFTER",
        "LOST_REPLY",
        "CONFLICT",
        "CHANGED_MEANWHILE",
        "REJECTED",
        "FORBIDDEN",
        "TIMED_OUT",
        "UNREACHABLE",
        "BROKEN"
      })
  void faultWhereTheUpgradeIsSent_endsProvedAndNotSentTwiceForNothing(Fault fault) {
    OutsideCall call = sent().get(0);
    assertThat(fault.canHappenAt(call)).isTrue();

    Course.Outcome outcome = Course.of(Setup.of(SHAPE).facing(FaultPlan.of(call.number(), fault)));

    assertIsProved(outcome);
    assertThat(outcome.effects().updates()).isEqualTo(3);
  }

  /** Killed again before what was sent is noted, at the call behind. */
  @Test
  void crashAfterItIsSentAndAtTheNextCall_endsProved() {
    int call = sent().get(0).number();
    FaultPlan twice = FaultPlan.of(call, Fault.CRASH_AFTER).with(call + 1, Fault.CRASH_BEFORE);

    Course.Outcome outcome = Course.of(Setup.of(SHAPE).facing(twice));

    assertIsProved(outcome);
    assertThat(outcome.effects().updates()).isEqualTo(3);
  }

  private static List<OutsideCall> sent() {
    return CALM.calls().stream().filter(call -> call.port().equals(SEND)).toList();
  }

  private static void assertIsProved(Course.Outcome outcome) {
    assertThat(outcome.violations()).isEmpty();
    assertThat(outcome.end().onNewest()).isTrue();
    assertThat(outcome.end().underNewest()).isEqualTo(SHAPE.secrets());
  }
}
