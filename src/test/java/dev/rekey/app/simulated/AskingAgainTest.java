package dev.rekey.app.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.simulation.fault.FaultPlan;
import org.junit.jupiter.api.Test;

class AskingAgainTest {
  private static final Shape SHAPE = new Shape(Scenario.RECOVER_EXPIRED_KEY, 1782, 9, 5, 1, false);

  /** The only API server restarts, and none can read what lies under the disabled version. */
  @Test
  void recoveryIsRefusedAndNothingCanBeRead_whoAskedAsksOnceMoreAndAllIsRecovered() {
    Course.Outcome outcome = play("119:newest-disabled,141:clock-ahead,392:server-restarts");

    assertThat(outcome.violations()).isEmpty();
    assertThat(outcome.end().underNewest()).isEqualTo(9);
  }

  /** A server that still holds the data keys lets all be rewritten. */
  @Test
  void recoveryIsRefusedAndAllCanBeRead_nobodyNeedsToAskAgain() {
    Course.Outcome outcome = play("119:newest-disabled");

    assertThat(outcome.violations()).isEmpty();
    assertThat(outcome.end().underNewest()).isEqualTo(9);
  }

  private static Course.Outcome play(String faults) {
    return Course.of(Setup.of(SHAPE).facing(FaultPlan.parse(faults)));
  }
}
