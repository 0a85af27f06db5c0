package dev.rekey.service;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.cluster;
import static dev.rekey.operation.Example.clusterOn;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.key;
import static dev.rekey.operation.Example.update;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Order;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Progress;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Route;
import dev.rekey.operation.StepName;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.Passes;
import dev.rekey.service.port.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Which stalled operation of a cluster on version 1 gives way to what a person asks for; rotations
 * lead to version 2.
 */
class GivingWayTest {
  private static final Origin PERSON = new Origin(Origin.Trigger.HTTP, "ana", "because");
  private static final Duration LONG_AGO = Duration.ofHours(2);

  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      names = {
        "KEY_VERSION_DROPPED",
        "NOT_CONVERGING",
        "STILL_FOREIGN_READS",
        "COUNTERS_INTERRUPTED"
      })
  void rewriteHasStalledOnWhatADroppedVersionMayBeBehind_givesWayToItsReturn(Reason reason) {
    assertThat(gaveWay(stalled(Kind.REENCRYPT, reason), Kind.RECOVER_DROPPED_KEY, clusterOn(1)))
        .contains(Reason.BRINGING_BACK);
    assertThat(gaveWay(stalled(Kind.ROTATE, reason), Kind.RECOVER_DROPPED_KEY, clusterOn(1)))
        .contains(Reason.BRINGING_BACK);
    assertThat(gaveWay(stalled(Kind.REENCRYPT, reason), Kind.CENSUS, clusterOn(1))).isEmpty();
    assertThat(gaveWay(stalled(Kind.REENCRYPT, reason), Kind.ROTATE, clusterOn(1))).isEmpty();
  }

  @Test
  void rewriteHasStalledOnSomethingElse_stays() {
    for (Reason reason :
        new Reason[] {Reason.PROMISE_BROKEN, Reason.ACCESS_DENIED, Reason.AWAITING_APPROVAL}) {
      assertThat(gaveWay(stalled(Kind.REENCRYPT, reason), Kind.RECOVER_DROPPED_KEY, clusterOn(1)))
          .isEmpty();
    }
  }

  @Test
  void personHasPausedIt_stays() {
    Operation paused = stalled(Kind.REENCRYPT, Reason.PAUSED);
    Order order = new Order(Order.Action.PAUSE, "bo", "why", NOW, null, null);

    assertThat(
            gaveWay(
                paused.with(paused.progress().with(order)), Kind.RECOVER_DROPPED_KEY, clusterOn(1)))
        .isEmpty();
  }

  @Test
  void itIsAtWork_stays() {
    Operation working =
        pending(
            operation(Kind.REENCRYPT),
            new Pending(
                2,
                StepName.WRITE,
                NOW.minus(LONG_AGO),
                Pending.Doing.WAITING,
                Reason.NOT_CONVERGING,
                NOW,
                null,
                0));

    assertThat(gaveWay(working, Kind.RECOVER_DROPPED_KEY, clusterOn(1))).isEmpty();
  }

  /** What a worker still writes is written under the key in use; it comes to its end first. */
  @Test
  void workerMayStillBeAtWhatWasHandedOut_staysUntilThatIsOver() {
    Pass running = Passes.of("write", PassKind.WRITE, hash(1)).running();
    Operation active = operation(Kind.REENCRYPT);
    Operation handedOut = active.with(active.progress().with(running));

    assertThat(
            gaveWay(
                stalled(handedOut, Reason.NOT_CONVERGING, NOW.minusSeconds(60)),
                Kind.RECOVER_DROPPED_KEY,
                clusterOn(1)))
        .isEmpty();
    assertThat(
            gaveWay(
                stalled(handedOut, Reason.NOT_CONVERGING, NOW.minus(LONG_AGO)),
                Kind.RECOVER_DROPPED_KEY,
                clusterOn(1)))
        .contains(Reason.BRINGING_BACK);
  }

  /** K2: what became of an update must be known before anything else is proved or counted. */
  @Test
  void updateMayHaveBeenSent_stays() {
    Operation rotation = operation(Kind.ROTATE);
    Operation sent =
        stalled(
            rotation.with(rotation.progress().with(update(1))),
            Reason.NOT_CONVERGING,
            NOW.minus(LONG_AGO));

    for (ManagedCluster shown : new ManagedCluster[] {clusterOn(1), clusterOn(2)}) {
      assertThat(gaveWay(sent, Kind.RECOVER_DROPPED_KEY, shown)).isEmpty();
      assertThat(gaveWay(sent, Kind.ROTATE, shown)).isEmpty();
      assertThat(gaveWay(sent, Kind.RECOVER_EXPIRED_KEY, shown)).isEmpty();
    }
  }

  @Test
  void armShowsAnotherKeyThanThePhaseStartsFrom_stays() {
    assertThat(
            gaveWay(
                stalled(Kind.REENCRYPT, Reason.NOT_CONVERGING),
                Kind.RECOVER_DROPPED_KEY,
                clusterOn(3)))
        .isEmpty();
  }

  @Test
  void kmsIsOffHalfWay_stays() {
    Route route = Route.of(KmsSettings.OFF, KmsSettings.of(key(2)));
    Operation enabling = operation(Kind.ENABLE, route);
    ManagedCluster off = cluster(KmsExperience.NONE, null, "\"e\"", "Succeeded");

    assertThat(
            gaveWay(stalled(enabling, Reason.TARGET_UNFIT, NOW.minus(LONG_AGO)), Kind.ROTATE, off))
        .isEmpty();
  }

  @Test
  void versionWasTriedAndNothingCanBeReadUnderIt_givesWayToTheNextOnceArmHasSettledOnIt() {
    Route route = Route.of(KmsSettings.of(key(3)), KmsSettings.of(key(1)), KmsSettings.of(key(4)));
    Operation trying = operation(Kind.RECOVER_DROPPED_KEY, route);
    Operation inVain =
        stalled(
            trying.with(trying.progress().with(update(1))),
            Reason.NOT_CONVERGING,
            NOW.minus(LONG_AGO));

    assertThat(gaveWay(inVain, Kind.RECOVER_DROPPED_KEY, clusterOn(1)))
        .contains(Reason.BRINGING_BACK);
    assertThat(gaveWay(inVain, Kind.RECOVER_DROPPED_KEY, clusterOn(1, "e", "Failed"))).isEmpty();
    assertThat(gaveWay(inVain, Kind.RECOVER_DROPPED_KEY, clusterOn(1, "e", "Updating"))).isEmpty();
    assertThat(gaveWay(inVain, Kind.RECOVER_DROPPED_KEY, clusterOn(3))).isEmpty();
    assertThat(gaveWay(inVain, Kind.ROTATE, clusterOn(1))).isEmpty();
  }

  @Test
  void targetCanNotBeUsed_givesWayToARotationAndToNothingElse() {
    for (Reason reason : new Reason[] {Reason.TARGET_UNFIT, Reason.TARGET_NOT_FOUND}) {
      assertThat(gaveWay(stalled(Kind.ROTATE, reason), Kind.ROTATE, clusterOn(1)))
          .contains(Reason.GONE_FORWARD);
      assertThat(gaveWay(stalled(Kind.ROTATE, reason), Kind.RECOVER_DROPPED_KEY, clusterOn(1)))
          .isEmpty();
    }
  }

  @Test
  void currentVersionCanNotBeUsed_givesWayToWhatMakesItUsable() {
    assertThat(
            gaveWay(
                stalled(Kind.ROTATE, Reason.CURRENT_KEY_UNFIT),
                Kind.RECOVER_EXPIRED_KEY,
                clusterOn(1)))
        .contains(Reason.GONE_FORWARD);
    assertThat(gaveWay(stalled(Kind.ROTATE, Reason.CURRENT_KEY_UNFIT), Kind.ROTATE, clusterOn(1)))
        .isEmpty();
  }

  private static Operation stalled(Kind kind, Reason reason) {
    return stalled(operation(kind), reason, NOW.minus(LONG_AGO));
  }

  private static Operation stalled(Operation operation, Reason reason, Instant since) {
    return pending(
        operation,
        new Pending(
            2, StepName.CONVERGE, since, Pending.Doing.STALLED, reason, NOW, "a detail", 0));
  }

  private static Operation pending(Operation operation, Pending pending) {
    return operation.with(operation.progress().with(pending));
  }

  private static Operation operation(Kind kind) {
    return operation(
        kind,
        kind == Kind.ROTATE ? Route.of(key(1), key(2)) : Route.staying(KmsSettings.of(key(1))));
  }

  private static Operation operation(Kind kind, Route route) {
    return new Operation(
        "20260301-1",
        kind,
        CLUSTER,
        PERSON,
        route,
        NOW.minus(LONG_AGO),
        Progress.START.withChecked());
  }

  /** As what it ended; empty if it stays. */
  private static Optional<Reason> gaveWay(Operation active, Kind wanted, ManagedCluster shown) {
    OperationRequest request =
        new OperationRequest(CLUSTER, wanted, null, null, null, null, PERSON);
    return new GivingWay(request, shown)
        .ended(new Stored<>(active, "etag"), NOW)
        .map(ended -> ended.value().progress().ending().reason());
  }
}
