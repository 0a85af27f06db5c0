package dev.rekey.service;

import static dev.rekey.service.ScopeWorld.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.fleet.WindowTag;
import dev.rekey.key.KeyId;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Mode;
import dev.rekey.operation.Opening;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Order;
import dev.rekey.operation.Reason;
import dev.rekey.operation.StepName;
import dev.rekey.operation.step.PlanHash;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What Rekey begins by itself to put right what others did: in each mode, where the fleet is at its
 * limit, and where the maintenance window is closed.
 */
class RepairsBeginTest {
  private static final String CLOSED = "Wed 02:10-02:20";
  private static final String UNREADABLE = "sometimes";

  private final ScopeWorld world = ScopeWorld.onKey();

  /** What others did, and how long it takes until the timer sees it. */
  private enum Done {
    /** Somebody gives the cluster the next key version. */
    MOVED_BY_HAND(Duration.ofHours(3)) {
      @Override
      void to(ScopeWorld world) {
        world.arm.rotatedByAnother(world.name, world.vault.createVersion(KEY));
      }
    },
    /** Somebody restores an etcd backup, which the weekly census finds. */
    BACKUP_RESTORED(Duration.ofDays(8)) {
      @Override
      void to(ScopeWorld world) {
        world.restore(5, world.first);
      }
    };

    private final Duration found;

    Done(Duration found) {
      this.found = found;
    }

    abstract void to(ScopeWorld world);
  }

  @ParameterizedTest
  @EnumSource
  void auto_isPutRight(Done done) {
    happens(done, Mode.AUTO);

    assertPutRight();
  }

  @ParameterizedTest
  @EnumSource
  void autoAndTheFleetIsAtItsLimit_waitsForRoomAndIsPutRightThen(Done done) {
    limit(0);

    happens(done, Mode.AUTO);

    assertThat(repairs()).isEmpty();
    assertThat(world.signals)
        .contains(
            "start-declined fleet-at-its-limit: reencrypt of "
                + world.name
                + ": 0 operations are under way");
    limit(1);
    world.run(Duration.ofHours(3));
    assertPutRight();
  }

  /** A window holds back the start of a change; this is the rest of one. */
  @ParameterizedTest
  @EnumSource
  void autoAndTheWindowIsClosed_isPutRightAllTheSame(Done done) {
    window(CLOSED);

    happens(done, Mode.AUTO);

    assertPutRight();
    assertThat(isOpenAtTheStartOf(repairs().get(0))).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void autoAndTheWindowCanNotBeRead_isPutRightAllTheSame(Done done) {
    window(UNREADABLE);

    happens(done, Mode.AUTO);

    assertPutRight();
  }

  @ParameterizedTest
  @EnumSource
  void approveAndTheFleetIsAtItsLimit_waitsForAPersonAndNobodyElse(Done done) {
    limit(0);

    happens(done, Mode.APPROVE);

    assertWaitsForAPerson();
    approve();
    assertPutRight();
  }

  @ParameterizedTest
  @EnumSource
  void approveAndTheWindowIsClosed_waitsForAPersonAndIsPutRightOnceApproved(Done done) {
    window(CLOSED);

    happens(done, Mode.APPROVE);

    assertWaitsForAPerson();
    approve();
    assertPutRight();
  }

  @ParameterizedTest
  @EnumSource
  void observeAndTheFleetIsAtItsLimit_nothingBeginsAndAPersonIsTold(Done done) {
    limit(0);

    happens(done, Mode.OBSERVE);

    assertOnlyTold();
  }

  @ParameterizedTest
  @EnumSource
  void observeAndTheWindowIsClosed_nothingBeginsAndAPersonIsTold(Done done) {
    window(CLOSED);

    happens(done, Mode.OBSERVE);

    assertOnlyTold();
  }

  @ParameterizedTest
  @EnumSource
  void personCancelsInsteadOfApproving_isNotBegunAgain(Done done) {
    happens(done, Mode.APPROVE);
    steer(Order.Action.CANCEL, null);

    world.run(Duration.ofHours(5));

    assertThat(repairs()).hasSize(1);
    assertThat(ending().reason()).isEqualTo(Reason.CANCELLED);
  }

  /** A count takes the place of what waits; it puts nothing right. */
  @ParameterizedTest
  @EnumSource
  void personHasItCountedMeanwhile_waitsForThePersonAgain(Done done) {
    happens(done, Mode.APPROVE);

    world.asked(Kind.CENSUS);
    world.run(Duration.ofHours(2));

    assertThat(ending().reason()).isEqualTo(Reason.GAVE_WAY);
    List<Operation> repairs = repairs();
    assertThat(repairs).hasSize(2);
    assertThat(repairs.get(1).isActive()).isTrue();
    assertThat(repairs.get(1).progress().pending().reason()).isEqualTo(Reason.AWAITING_APPROVAL);
  }

  private void happens(Done done, Mode mode) {
    rotated();
    done.to(world);
    world.mode(mode);
    world.run(done.found);
  }

  /** Everything is proved under a version that Rekey has led the cluster to. */
  private void rotated() {
    Conduct conduct = world.conduct;
    String window = world.arm.body(world.name).path("tags").path(WindowTag.TAG).asText("");
    world.conduct = conduct.atMost(1);
    window("daily 00:00-24:00");
    world.run(Duration.ofHours(1));
    KeyId next = world.vault.createVersion(KEY);
    world.run(Duration.ofHours(3));
    assertThat(world.arm.keyIdShown(world.name)).isEqualTo(next.url());
    world.conduct = conduct;
    if (!window.isEmpty()) {
      window(window);
    }
  }

  private void limit(int most) {
    world.conduct = world.conduct.atMost(most);
  }

  private void window(String text) {
    world.arm.changedByAnother(
        world.name, body -> body.withObject("/tags").put(WindowTag.TAG, text));
  }

  private boolean isOpenAtTheStartOf(Operation operation) {
    Opening opening =
        new LookAtWindow(world.ports).of(world.arm.read(world.name), operation.startedAt());
    return opening.isOpen(operation.startedAt());
  }

  private void assertPutRight() {
    assertThat(repairs()).hasSize(1);
    assertThat(ending().outcome()).isEqualTo(Ending.Outcome.COMPLETED);
    assertThat(world.cluster.oracle().under(world.arm.keyIdShown(world.name)))
        .isEqualTo(world.cluster.oracle().count());
  }

  private void assertWaitsForAPerson() {
    assertThat(repairs()).hasSize(1);
    Operation waiting = repairs().get(0);
    assertThat(waiting.progress().pending().step()).isEqualTo(StepName.APPROVE);
    assertThat(waiting.progress().pending().reason()).isEqualTo(Reason.AWAITING_APPROVAL);
    assertThat(world.cluster.oracle().under(world.arm.keyIdShown(world.name)))
        .isLessThan(world.cluster.oracle().count());
  }

  private void assertOnlyTold() {
    assertThat(repairs()).isEmpty();
    assertThat(world.signals).contains("start-declined observe-only");
    assertThat(world.signals)
        .anyMatch(
            told ->
                told.startsWith("key-id-changed-outside ") || told.startsWith("foreign-key-found "))
        .anyMatch(told -> told.contains("type: rekey reencrypt --cluster"));
  }

  private void approve() {
    steer(Order.Action.APPROVE, PlanHash.of(repairs().get(0)));
    world.run(Duration.ofHours(2));
  }

  private void steer(Order.Action action, String plan) {
    new SteerOperation(world.ports)
        .steer(
            repairs().get(0).id(),
            new Order(action, "bo", "looked at it", world.time.instant(), "a", plan));
  }

  private Ending ending() {
    return repairs().get(0).progress().ending();
  }

  private List<Operation> repairs() {
    return world.operations(Kind.REENCRYPT);
  }
}
