package dev.rekey.operation;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.ORIGIN;
import static dev.rekey.operation.Example.key;
import static dev.rekey.operation.Example.operation;
import static dev.rekey.operation.Example.update;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OperationTest {
  private static final KmsSettings ON = KmsSettings.of(key(1));
  private static final Progress FIRST = Progress.START.withChecked();
  private static final Progress SECOND = FIRST.recorded(phase());

  @Test
  void changesAccess_isOffHalfWayFromItsFirstUpdateToItsSecond() {
    assertThat(changingAccess(FIRST).isOffHalfWay()).isFalse();
    assertThat(changingAccess(FIRST.with(update(1))).isOffHalfWay()).isTrue();
    assertThat(changingAccess(SECOND).isOffHalfWay()).isTrue();
    assertThat(changingAccess(SECOND.with(update(1))).isOffHalfWay()).isFalse();
  }

  @Test
  void turnsOff_isNeverHalfWayBecauseThatIsItsAim() {
    Operation off = along(Route.of(ON, KmsSettings.OFF), FIRST.with(update(1)));

    assertThat(off.isOffHalfWay()).isFalse();
    assertThat(along(Route.UNKNOWN, FIRST).isOffHalfWay()).isFalse();
  }

  @Test
  void canBeCancelled_untilAnUpdateMayHaveBeenSentAndInNoLaterPhase() {
    assertThat(changingAccess(FIRST).canBeCancelled()).isTrue();
    assertThat(changingAccess(FIRST.with(update(1))).canBeCancelled()).isFalse();
    assertThat(changingAccess(SECOND).canBeCancelled()).isFalse();
  }

  @Test
  void paused_triesAgainSinceItWasResumed() {
    Progress waiting = FIRST.with(pending());
    Progress resumed = waiting.with(order(Order.Action.RESUME, Duration.ofMinutes(1)));

    assertThat(operation(Kind.ROTATE).progress().triesSince()).isEmpty();
    assertThat(waiting.triesSince()).contains(NOW.minus(Duration.ofHours(5)));
    assertThat(resumed.triesSince()).contains(NOW.minus(Duration.ofMinutes(1)));
  }

  @Test
  void resumedBeforeItCameToItsStep_triesSinceThen() {
    Progress earlier = FIRST.with(pending()).with(order(Order.Action.RESUME, Duration.ofHours(6)));

    assertThat(earlier.triesSince()).contains(NOW.minus(Duration.ofHours(5)));
  }

  private static Operation changingAccess(Progress progress) {
    KmsSettings closed = KmsSettings.ofPrivate(key(1), "/vaults/example");
    return along(Route.of(ON, KmsSettings.OFF, closed), progress);
  }

  private static Operation along(Route route, Progress progress) {
    Kind kind = Kind.CHANGE_VAULT_ACCESS;
    return new Operation("20260301-1", kind, CLUSTER, ORIGIN, route, NOW, progress);
  }

  private static Evidence.Phase phase() {
    return new Evidence.Phase(
        "disable", new Evidence.Secrets(1, 1, 0, 0, 0, 0), new Evidence.Proof("counters", 1, 1, 0));
  }

  private static Pending pending() {
    return new Pending(
        1,
        StepName.CONVERGE,
        NOW.minus(Duration.ofHours(5)),
        Pending.Doing.WAITING,
        Reason.REPLICA_NOT_SEEN,
        NOW,
        null,
        0);
  }

  private static Order order(Order.Action action, Duration ago) {
    return new Order(action, "ana", "a test", NOW.minus(ago), null, null);
  }
}
