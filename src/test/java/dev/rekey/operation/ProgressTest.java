package dev.rekey.operation;

import static dev.rekey.operation.Example.hash;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.Passes;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final Passes write = Passes.of("write", PassKind.WRITE, hash(2));

  @Test
  void passOfTheSameId_takesThePlaceOfTheEarlier() {
    Progress progress = Progress.START.with(write.listed()).with(write.running());

    assertThat(progress.passes()).hasSize(1);
    assertThat(progress.runningPass()).isPresent();
  }

  @Test
  void lastPassOfAStep_isTheLatestOfThatStepOnly() {
    Pass first = write.clean();
    Pass second = write.round(2).clean();
    Pass census = Passes.of("prove-current", PassKind.COUNT, hash(1)).clean();
    Progress progress = Progress.START.with(first).with(second).with(census);

    assertThat(progress.lastPass(StepName.WRITE)).contains(second);
    assertThat(progress.lastPass(StepName.PROVE_CURRENT, PassKind.PROOF)).isEmpty();
    assertThat(progress.passes(StepName.WRITE, PassKind.WRITE)).isEqualTo(2);
  }

  @Test
  void ended_isNoLongerAtAnything() {
    Ending ending = new Ending(Ending.Outcome.COMPLETED, Reason.RECORDED, null, null, Example.NOW);
    Pending pending =
        new Pending(
            0,
            StepName.CHECK,
            Example.NOW,
            Pending.Doing.ACTING,
            Reason.RECORDING,
            Example.NOW,
            null,
            0);

    assertThat(Progress.START.with(pending).with(ending).pending()).isNull();
  }

  @Test
  void nextTurn_leavesEverythingElse() {
    Progress progress = Progress.START.withChecked().with(write.clean());

    assertThat(progress.nextTurn().turn()).isEqualTo(2);
    assertThat(progress.nextTurn().passes()).isEqualTo(progress.passes());
    assertThat(progress.nextTurn().checked()).isTrue();
  }
}
