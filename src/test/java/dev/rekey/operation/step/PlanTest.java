package dev.rekey.operation.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Kind;
import dev.rekey.operation.Step;
import dev.rekey.reencryption.Limits;
import org.junit.jupiter.api.Test;

/** The lists of section 4 of the design. */
class PlanTest {

  @Test
  void rotate() {
    assertThat(steps(Kind.ROTATE))
        .isEqualTo("check converge prove-current update-cluster converge write prove record");
  }

  @Test
  void reencrypt() {
    assertThat(steps(Kind.REENCRYPT)).isEqualTo("check converge write prove record");
  }

  @Test
  void census() {
    assertThat(steps(Kind.CENSUS)).isEqualTo("check count locate record");
  }

  @Test
  void stepsBeforeTheUpdate_areCheckAndTheFirstConverge() {
    assertThat(Plan.of(Kind.ROTATE, Limits.FLEET).stream().map(Step::isBeforeUpdate))
        .containsExactly(true, true, false, false, false, false, false, false);
  }

  private static String steps(Kind kind) {
    return String.join(
        " ", Plan.of(kind, Limits.FLEET).stream().map(step -> step.name().token()).toList());
  }
}
