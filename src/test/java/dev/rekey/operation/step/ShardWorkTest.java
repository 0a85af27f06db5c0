package dev.rekey.operation.step;

import static dev.rekey.operation.Example.ETAG;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.clusterOn;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.operation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Order;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Progress;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Route;
import dev.rekey.operation.StepName;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.Passes;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShardWorkTest {
  private static final Duration HOLDS = Duration.ofSeconds(10);
  private static final Pass WRITE = pass(StepName.WRITE, PassKind.WRITE);
  private static final Pass BEFORE = pass(StepName.PROVE_CURRENT, PassKind.WRITE);

  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      names = {"DISPATCHING", "SHARDS_AT_WORK"})
  void operationIsAtThePassWithItsShardsAtWork_workIsWanted(Reason reason) {
    assertThat(ShardWork.isWanted(at(StepName.WRITE, reason), WRITE)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      names = {"DISPATCHING", "SHARDS_AT_WORK"},
      mode = EnumSource.Mode.EXCLUDE)
  void operationIsAtThePassForAnyOtherReason_workIsNotWanted(Reason reason) {
    assertThat(ShardWork.isWanted(at(StepName.WRITE, reason), WRITE)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(value = StepName.class, names = "WRITE", mode = EnumSource.Mode.EXCLUDE)
  void operationIsAtAnotherStep_workIsNotWanted(StepName step) {
    assertThat(ShardWork.isWanted(at(step, Reason.SHARDS_AT_WORK), WRITE)).isFalse();
  }

  @Test
  void operationHasNotLookedOrStandsStill_workIsNotWanted() {
    Operation working = at(StepName.WRITE, Reason.SHARDS_AT_WORK);
    Order pause = new Order(Order.Action.PAUSE, "somebody", "wait", NOW, null, null);

    assertThat(ShardWork.isWanted(operation(Kind.ROTATE), WRITE)).isFalse();
    assertThat(ShardWork.isWanted(working.with(working.progress().with(pause)), WRITE)).isFalse();
    assertThat(
            ShardWork.isWanted(
                at(StepName.WRITE, Pending.Doing.STALLED, Reason.SHARDS_AT_WORK, NOW), WRITE))
        .isFalse();
  }

  @Test
  void lookIsOld_orOfALaterTime_armIsAskedAnew() {
    Operation dispatched = at(StepName.WRITE, Reason.DISPATCHING);

    assertThat(ShardWork.needsLook(dispatched, WRITE, NOW, HOLDS)).isFalse();
    assertThat(ShardWork.needsLook(dispatched, WRITE, NOW.plusSeconds(10), HOLDS)).isFalse();
    assertThat(ShardWork.needsLook(dispatched, WRITE, NOW.plusMillis(10_001), HOLDS)).isTrue();
    assertThat(ShardWork.needsLook(dispatched, WRITE, NOW.minusMillis(1), HOLDS)).isTrue();
  }

  @Test
  void operationWaitsForItsShards_itLookedTwentySecondsBeforeItsNextLook() {
    Operation waiting = at(StepName.WRITE, Reason.SHARDS_AT_WORK);

    assertThat(ShardWork.needsLook(waiting, WRITE, NOW.minusSeconds(20), HOLDS)).isFalse();
    assertThat(ShardWork.needsLook(waiting, WRITE, NOW.minusSeconds(10), HOLDS)).isFalse();
    assertThat(ShardWork.needsLook(waiting, WRITE, NOW.minusSeconds(9), HOLDS)).isTrue();
    assertThat(ShardWork.needsLook(waiting, WRITE, NOW.minusSeconds(21), HOLDS)).isTrue();
  }

  /** What isn't rescued while it can be is lost, whatever somebody makes of the cluster. */
  @Test
  void passWritesNothing_orIsARescue_orArmDoesNotKnowTheCluster_armIsNeverAsked() {
    Operation late = at(StepName.WRITE, Reason.DISPATCHING);
    Instant muchLater = NOW.plus(Duration.ofHours(2));

    for (PassKind kind : new PassKind[] {PassKind.COUNT, PassKind.TRIAL, PassKind.RESCUE}) {
      Pass pass = pass(StepName.COUNT, kind);
      assertThat(ShardWork.needsLook(late, pass, muchLater, HOLDS)).as("%s", kind).isFalse();
    }
    assertThat(ShardWork.needsLook(unmanaged(late), WRITE, muchLater, HOLDS)).isFalse();
    assertThat(ShardWork.needsLook(late, pass(StepName.PROVE, PassKind.PROOF), muchLater, HOLDS))
        .isTrue();
  }

  @Test
  void behindTheUpdate_armMustShowWhatItLedTo() {
    Operation rotation = operation(Kind.ROTATE);

    for (Pass pass : new Pass[] {WRITE, pass(StepName.PROVE, PassKind.PROOF)}) {
      assertThat(ShardWork.isBorneOut(rotation, pass, clusterOn(2))).isTrue();
      assertThat(ShardWork.isBorneOut(rotation, pass, clusterOn(1))).isFalse();
      assertThat(ShardWork.isBorneOut(rotation, pass, clusterOn(2, ETAG, "Updating"))).isFalse();
    }
  }

  @Test
  void beforeTheUpdate_armMustShowWhatTheOperationFound() {
    Operation rotation = operation(Kind.ROTATE);

    assertThat(ShardWork.isBorneOut(rotation, BEFORE, clusterOn(1))).isTrue();
    assertThat(ShardWork.isBorneOut(rotation, BEFORE, clusterOn(2))).isFalse();
    assertThat(ShardWork.isBorneOut(rotation, BEFORE, clusterOn(1, ETAG, "Updating"))).isFalse();
  }

  private static Pass pass(StepName step, PassKind kind) {
    return Passes.of(step.token(), kind, hash(2)).running();
  }

  private static Operation at(StepName step, Reason reason) {
    return at(step, Pending.Doing.WAITING, reason, NOW);
  }

  private static Operation at(StepName step, Pending.Doing doing, Reason reason, Instant nextLook) {
    Pending pending = new Pending(3, step, NOW, doing, reason, nextLook, null, 0);
    return operation(Kind.ROTATE).with(Progress.START.with(pending));
  }

  private static Operation unmanaged(Operation operation) {
    return new Operation(
        operation.id(),
        operation.kind(),
        operation.cluster(),
        operation.origin(),
        Route.UNKNOWN,
        operation.startedAt(),
        operation.progress());
  }
}
