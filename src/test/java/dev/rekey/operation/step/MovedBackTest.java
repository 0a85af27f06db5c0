package dev.rekey.operation.step;

import static dev.rekey.operation.Example.ETAG;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.clusterOn;
import static dev.rekey.operation.Example.facts;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.key;
import static dev.rekey.operation.Example.updatedRotation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Decision;
import dev.rekey.operation.Facts;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Reason;
import dev.rekey.operation.StepName;
import dev.rekey.operation.StepReport;
import dev.rekey.operation.Update;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.Passes;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MovedBackTest {
  private static final Instant SENT = NOW.minus(Duration.ofMinutes(30));
  private static final Instant SHOWN = NOW.minus(Duration.ofMinutes(20));
  private static final Instant REWRITING = NOW.minus(Duration.ofMinutes(10));

  @Test
  void armHasShownTheTargetAndShowsTheOldSettings_itIsSomebodysDoingAndBothAreNamed() {
    Facts back = facts(shown(SHOWN)).with(clusterOn(1, "\"later\"", "Succeeded"));

    assertThat(MovedBack.isSo(back)).isTrue();
    assertThat(MovedBack.decide(back))
        .isInstanceOfSatisfying(
            Decision.Stall.class,
            stall -> {
              assertThat(stall.reason()).isEqualTo(Reason.CLUSTER_MOVED_BACK);
              assertThat(stall.detail())
                  .contains("KMS was " + KmsSettings.of(key(2)) + " already")
                  .endsWith("and is " + KmsSettings.of(key(1)));
            });
  }

  @Test
  void armShowsOnceMoreWhatTheUpdateWasSentFor_itLagsAndIsWaitedFor() {
    Facts lagging = facts(shown(SHOWN)).with(clusterOn(1));

    assertThat(MovedBack.decide(lagging))
        .isEqualTo(new Decision.Wait(NOW.plusSeconds(10), Reason.CLUSTER_BUSY));
  }

  @Test
  void armHasNeverShownTheTarget_isNoMoveBack() {
    assertThat(isBack(sent())).isFalse();
  }

  @Test
  void armHasShownTheTargetBeforeTheLastAttemptOnly_isNoMoveBack() {
    assertThat(isBack(shown(SENT))).isFalse();
  }

  @Test
  void armShowsTheTarget_isNoMoveBack() {
    assertThat(MovedBack.isSo(facts(shown(SHOWN)).with(clusterOn(2)))).isFalse();
  }

  @Test
  void personHasAskedSince_itIsMadeAgain() {
    assertThat(isBack(retried(shown(SHOWN), SHOWN.plusSeconds(1)))).isFalse();
  }

  /** It was asked for something else: whoever changed KMS did so later. */
  @Test
  void personHasAskedBeforeTheLastPassBegan_isNoLeaveToMakeItAgain() {
    Passes passes = Passes.of("prove", PassKind.PROOF, hash(2)).begunAt(REWRITING);
    Operation proving = shown(SHOWN);
    proving = proving.with(proving.progress().with(passes.begun()));

    assertThat(isBack(retried(proving, SHOWN.plusSeconds(1)))).isTrue();
    assertThat(isBack(retried(proving, REWRITING.plusSeconds(1)))).isFalse();
  }

  private static boolean isBack(Operation operation) {
    return MovedBack.isSo(facts(operation).with(clusterOn(1, "\"later\"", "Succeeded")));
  }

  private static Operation sent() {
    return updatedRotation(new Update(ETAG, 1, SENT, null));
  }

  private static Operation shown(Instant at) {
    StepReport report = new StepReport(3, StepName.UPDATE_CLUSTER, Reason.KEY_ID_UPDATED, SENT, at);
    return sent().with(sent().progress().with(report));
  }

  private static Operation retried(Operation operation, Instant at) {
    return operation.with(operation.progress().retried(at));
  }
}
