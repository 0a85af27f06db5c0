package dev.rekey.service;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Ending;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Order;
import dev.rekey.operation.Order.Action;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.service.SteerAnswer.Cause;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SteerOperationTest {
  private static final Duration LONG = Duration.ofHours(5);

  private final World world = new World();
  private int orders;

  @BeforeEach
  void secretsUnderTheFirstVersion() {
    world.servers.store(250, hash(1));
  }

  @Test
  void pausedWhileShardsAreAtWork_nothingIsPatchedUntilItIsResumed() {
    Operation rotation = writing();

    accepted(rotation, Action.PAUSE);
    Operation held = pass(rotation, LONG);
    world.servers.patched.clear();
    held = pass(held, LONG);

    assertThat(world.servers.patched).isEmpty();
    assertThat(held.progress().pending().reason()).isEqualTo(Reason.PAUSED);
    assertThat(held.progress().pending().detail()).isEqualTo("ana: the owners ask for it");

    accepted(held, Action.RESUME);

    assertCompleted(toItsEnd(held));
    assertThat(world.servers.under(hash(2))).isEqualTo(250);
  }

  @Test
  void pausedAndResumedAtEveryTurn_itEndsAsEver() {
    Operation rotation = world.start(Kind.ROTATE);
    int turn = 0;
    while (rotation.isActive() && turn < 2_000) {
      int last = turn;
      rotation = world.runUntil(rotation, now -> !now.isActive() || now.progress().turn() > last);
      turn = rotation.progress().turn();
      if (rotation.isActive()) {
        accepted(rotation, Action.PAUSE);
        turn = accepted(rotation, Action.RESUME).progress().turn();
      }
    }

    assertCompleted(rotation);
    assertThat(world.servers.under(hash(2))).isEqualTo(250);
    assertThat(updates()).isEqualTo(1);
  }

  @Test
  void pausedWhileArmIsAtWork_theUpdateIsSentOnce() {
    Operation updating = world.runUntil(world.start(Kind.ROTATE), Operation::mayHaveUpdated);

    accepted(updating, Action.PAUSE);
    pass(updating, LONG);
    accepted(updating, Action.RESUME);

    assertCompleted(toItsEnd(updating));
    assertThat(updates()).isEqualTo(1);
  }

  @Test
  void cancelledBeforeTheUpdate_itEndsAndTheClusterIsFreeForAnother() {
    Operation rotation = world.start(Kind.ROTATE);
    world.advance(rotation);

    Operation ended = accepted(rotation, Action.CANCEL);

    assertThat(ended.progress().ending().outcome()).isEqualTo(Ending.Outcome.CANCELLED);
    assertThat(ended.progress().ending().detail()).isEqualTo("ana: the owners ask for it");
    assertThat(world.records.active(CLUSTER)).isEmpty();
    pass(ended, LONG);
    assertThat(updates()).isZero();
    assertCompleted(world.run(world.start(Kind.ROTATE), LONG));
  }

  @Test
  void cancelledOnceAnUpdateMayHaveBeenSent_itIsDeclinedAndGoesOnToItsEnd() {
    Operation updating = world.runUntil(world.start(Kind.ROTATE), Operation::mayHaveUpdated);

    assertDeclined(Cause.CHANGED_ALREADY, updating, order(Action.CANCEL, null));
    assertCompleted(toItsEnd(updating));
  }

  @Test
  void retry_looksAtOnceAndAsksAnewForWhatItHasStalledOn() {
    Operation rotation = world.start(Kind.ROTATE);
    int turn = world.read(rotation).progress().turn();

    Operation told = accepted(rotation, Action.RETRY);

    assertThat(told.progress().turn()).isEqualTo(turn + 1);
    assertThat(told.progress().isRetriedSince(world.time.instant().minusSeconds(1))).isTrue();
    assertThat(world.sent.get(world.sent.size() - 1).delay()).isZero();
  }

  @ParameterizedTest
  @EnumSource(value = Action.class, names = "APPROVE", mode = EnumSource.Mode.EXCLUDE)
  void sameOrderAgain_changesNothing(Action action) {
    Operation rotation = world.start(Kind.ROTATE);
    Order order = order(action, null);
    Operation told = ((SteerAnswer.Accepted) steer(rotation, order)).operation();

    assertThat(steer(rotation, order)).isEqualTo(new SteerAnswer.Accepted(told));
    assertThat(world.read(rotation)).isEqualTo(told);
  }

  @Test
  void pauseThatArrivesOnceMoreAfterTheResume_doesNotPauseAgain() {
    Operation rotation = world.start(Kind.ROTATE);
    Order pause = order(Action.PAUSE, null);
    steer(rotation, pause);
    accepted(rotation, Action.RESUME);

    steer(rotation, pause);

    assertThat(world.read(rotation).progress().orders().pause()).isEmpty();
  }

  @Test
  void kindThatNeedsNoApproval_approvalIsDeclined() {
    assertDeclined(
        Cause.NO_APPROVAL_NEEDED,
        world.start(Kind.ROTATE),
        order(Action.APPROVE, "sha256:" + "0".repeat(64)));
  }

  @ParameterizedTest
  @EnumSource(Action.class)
  void hasEnded_everyOrderIsDeclined(Action action) {
    Operation ended = world.run(world.start(Kind.ROTATE), LONG);

    assertDeclined(Cause.OPERATION_ENDED, ended, order(action, null));
    assertThat(world.read(ended)).isEqualTo(ended);
  }

  @Test
  void noSuchOperation_isDeclined() {
    assertThat(new SteerOperation(world.ports).steer("20260301-9", order(Action.PAUSE, null)))
        .isEqualTo(new SteerAnswer.Declined(Cause.UNKNOWN_OPERATION, null));
  }

  @Test
  void everyOrder_isCountedAndKeptWithWhoGaveIt() {
    Operation rotation = world.start(Kind.ROTATE);

    accepted(rotation, Action.PAUSE);
    Operation told = accepted(rotation, Action.RESUME);

    assertThat(told.progress().orders().last()).extracting(Order::actor).containsOnly("ana");
    assertThat(world.signals).contains("operation-steered pause", "operation-steered resume");
    assertThat(told.from()).isEqualTo(key(1));
  }

  private Operation writing() {
    return world.runUntil(
        world.start(Kind.ROTATE),
        now -> now.mayHaveUpdated() && now.progress().runningPass().isPresent());
  }

  private Operation toItsEnd(Operation operation) {
    return world.runUntil(operation, now -> !now.isActive());
  }

  /** Lets the time pass, whatever the operation says. */
  private Operation pass(Operation operation, Duration span) {
    Instant end = world.time.instant().plus(span);
    while (world.queues.nextDue().map(due -> due.isBefore(end)).orElse(false)) {
      world.time.passUntil(world.queues.nextDue().orElseThrow());
      world.queues.take().ifPresent(world::deliver);
    }
    world.time.passUntil(end);
    return world.read(operation);
  }

  private long updates() {
    return world.log.stream().filter(line -> line.startsWith("update ")).count();
  }

  private Operation accepted(Operation operation, Action action) {
    SteerAnswer answer = steer(operation, order(action, null));
    assertThat(answer).isInstanceOf(SteerAnswer.Accepted.class);
    return ((SteerAnswer.Accepted) answer).operation();
  }

  private void assertDeclined(Cause cause, Operation operation, Order order) {
    Operation before = world.read(operation);
    assertThat(steer(operation, order)).isEqualTo(new SteerAnswer.Declined(cause, before));
    assertThat(world.read(operation)).isEqualTo(before);
  }

  private SteerAnswer steer(Operation operation, Order order) {
    return new SteerOperation(world.ports).steer(operation.id(), order);
  }

  private Order order(Action action, @Nullable String plan) {
    String key = "order-" + ++orders;
    return new Order(action, "ana", "the owners ask for it", world.time.instant(), key, plan);
  }

  private static void assertCompleted(Operation operation) {
    Pending pending = operation.progress().pending();
    assertThat(operation.isActive()).as("pending: %s", pending).isFalse();
    assertThat(operation.progress().ending().outcome()).isEqualTo(Ending.Outcome.COMPLETED);
  }
}
