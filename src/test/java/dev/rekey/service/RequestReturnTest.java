package dev.rekey.service;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.ORIGIN;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import dev.rekey.key.ProvedOn;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Order;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Progress;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Route;
import dev.rekey.operation.step.PlanHash;
import dev.rekey.service.RequestAnswer.Cause;
import dev.rekey.service.port.Stored;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Asking for the way back, while the rotation that led here is active still. */
class RequestReturnTest {
  private static final Duration LONG = Duration.ofHours(5);

  private final World world = new World();
  private int asked;

  @BeforeEach
  void noApiServerLoadsTheNewVersion() {
    world.servers.store(50, hash(1));
    world.clusters.onUpdate = key -> {};
  }

  @Test
  void rotationHasStalled_itEndsAndTheReturnTakesItsPlace() {
    Operation rotation = stalled();

    Operation begun = accepted(ask(Kind.RETURN, null));

    assertThat(begun.route()).isEqualTo(Route.of(key(2), key(1)));
    assertThat(world.records.active(CLUSTER).map(Stored::value)).contains(begun);
    Ending ending = world.read(rotation).progress().ending();
    assertThat(ending.outcome()).isEqualTo(Ending.Outcome.CANCELLED);
    assertThat(ending.reason()).isEqualTo(Reason.RETURNED);
    assertThat(ending.detail()).isEqualTo("ana: because");
  }

  @Test
  void rotationIsPaused_itGivesWayToo() {
    Operation rotation = world.runUntil(world.start(Kind.ROTATE), RequestReturnTest::hasUpdated);
    new SteerOperation(world.ports)
        .steer(rotation.id(), new Order(Order.Action.PAUSE, "ana", "why", NOW, null, null));

    assertThat(accepted(ask(Kind.RETURN, key(1))).kind()).isEqualTo(Kind.RETURN);
  }

  @Test
  void rotationIsAtWork_declinesAndNamesIt() {
    Operation rotation = world.runUntil(world.start(Kind.ROTATE), RequestReturnTest::hasUpdated);

    assertThat(ask(Kind.RETURN, null))
        .isEqualTo(new RequestAnswer.Declined(Cause.OPERATION_ACTIVE, rotation));
  }

  @Test
  void sameRequestAgain_givesTheSameReturn() {
    stalled();
    Operation first = accepted(ask(request("k", Kind.RETURN, null)));

    assertThat(accepted(ask(request("k", Kind.RETURN, null))).id()).isEqualTo(first.id());
    assertDeclined(Cause.OPERATION_ACTIVE, ask(Kind.RETURN, null));
    assertThat(world.records.operations(CLUSTER)).hasSize(2);
  }

  @Test
  void otherVersionIsNamedThanWasProved_declinesAndTheRotationStays() {
    Operation rotation = stalled();

    assertDeclined(Cause.OTHER_VERSION_PROVED, ask(Kind.RETURN, key(3)));
    assertThat(world.read(rotation).isActive()).isTrue();
  }

  @Test
  void clusterHasNotLeftTheProvedVersion_thereIsNothingToReturnTo() {
    world.start(Kind.ROTATE);

    assertDeclined(Cause.NOTHING_TO_RETURN_TO, ask(Kind.RETURN, null));
  }

  @Test
  void thirdVersionHasBeenInASlotSince_thereIsNothingToReturnTo() {
    Operation rotation = stalled();
    Stored<Ledger> ledger = world.records.ledger(CLUSTER).orElseThrow();
    Stored<Operation> stored = world.records.operation(CLUSTER, rotation.id()).orElseThrow();
    world.records.save(stored, ledger.with(ledger.value().current(key(3), NOW, null)));

    assertDeclined(Cause.NOTHING_TO_RETURN_TO, ask(Kind.RETURN, null));
    assertThat(world.read(rotation).isActive()).isTrue();
  }

  @Test
  void anotherKindOverAStalledRotation_declines() {
    stalled();

    assertDeclined(Cause.OPERATION_ACTIVE, ask(Kind.REENCRYPT, null));
  }

  @Test
  void rotationWasLeftByHand_theWayBackIsBegunWithoutOne() {
    world.records.begin(
        CLUSTER,
        Ledger.firstSeen(NOW, key(1)).proved(new ProvedOn(key(1), "then", NOW, "earlier")));
    world.clusters.change(CLUSTER, key(2).url(), "Failed");

    assertThat(accepted(ask(Kind.RETURN, null)).route()).isEqualTo(Route.of(key(2), key(1)));
  }

  /** Only the rotation tells how the other vault was reached. */
  @Test
  void versionBeforeLiesInAnotherVault_theRotationsWayToItIsTaken() {
    KeyId elsewhere = KeyId.parse("https://other.vault.azure.net/keys/etcd/v9", Cloud.PUBLIC);
    KmsSettings before = KmsSettings.ofPrivate(elsewhere, "/vault");
    Ledger ledger =
        Ledger.firstSeen(NOW, elsewhere).proved(new ProvedOn(elsewhere, "then", NOW, "earlier"));
    KmsSettings now = KmsSettings.of(key(2));
    Operation rotation =
        new Operation(
            "1", Kind.ROTATE, CLUSTER, ORIGIN, Route.of(before, now), NOW, Progress.START);

    assertThat(new WayBack(now, ledger, rotation).find("etag")).contains(before);
    assertThat(new WayBack(now, ledger, null).find("etag")).isEmpty();
  }

  @Test
  void approved_everythingIsProvedUnderTheVersionBeforeAndTheVaultNeedNotHaveTheOther() {
    stalled();
    Operation begun = accepted(ask(Kind.RETURN, null));
    Operation waiting = world.run(begun, LONG);
    assertThat(waiting.progress().pending().reason()).isEqualTo(Reason.AWAITING_APPROVAL);
    world.versions.remove(1);
    approve(waiting);

    Operation ended = world.runUntil(waiting, now -> !now.isActive());

    assertThat(ended.progress().ending().outcome()).isEqualTo(Ending.Outcome.COMPLETED);
    assertThat(world.log).containsSequence("update sent to v1");
    Ledger ledger = world.records.ledger(CLUSTER).orElseThrow().value();
    assertThat(ledger.currentKey()).contains(key(1));
    assertThat(ledger.previousKey()).contains(key(2));
    assertThat(ledger.proved().key()).isEqualTo(key(1));
  }

  @Test
  void returnWaitsForApproval_aRewriteUnderWhatArmShowsTakesItsPlace() {
    stalled();
    Operation waiting = world.run(accepted(ask(Kind.RETURN, null)), LONG);

    Operation forward = accepted(ask(Kind.REENCRYPT, null));

    assertThat(forward.to()).isEqualTo(key(2));
    assertThat(world.read(waiting).progress().ending().reason()).isEqualTo(Reason.GONE_FORWARD);
  }

  @Test
  void returnHasMovedTheCluster_noRewriteTakesItsPlace() {
    stalled();
    Operation waiting = world.run(accepted(ask(Kind.RETURN, null)), LONG);
    approve(waiting);
    Operation moved = world.runUntil(waiting, RequestReturnTest::hasUpdated);
    world.clusters.change(CLUSTER, key(1).url(), "Failed");
    new SteerOperation(world.ports)
        .steer(moved.id(), new Order(Order.Action.PAUSE, "ana", "why", NOW, null, null));

    assertDeclined(Cause.OPERATION_ACTIVE, ask(Kind.REENCRYPT, null));
  }

  /** ARM shows version 2; no API server reads it for as long as the rotation is patient. */
  private Operation stalled() {
    Operation rotation = world.run(world.start(Kind.ROTATE), LONG);
    Pending pending = rotation.progress().pending();
    assertThat(pending.reason()).isEqualTo(Reason.NOT_CONVERGING);
    return rotation;
  }

  private void approve(Operation waiting) {
    new SteerOperation(world.ports)
        .steer(
            waiting.id(),
            new Order(Order.Action.APPROVE, "bo", "checked", NOW, null, PlanHash.of(waiting)));
  }

  private static boolean hasUpdated(Operation operation) {
    return operation.update().map(update -> update.asynchronousOperation() != null).orElse(false);
  }

  private RequestAnswer ask(Kind kind, @Nullable KeyId target) {
    return ask(request("k" + ++asked, kind, target));
  }

  private RequestAnswer ask(OperationRequest request) {
    return new RequestOperation(world.ports, Conduct.auto(Cloud.PUBLIC)).request(request);
  }

  private static OperationRequest request(String key, Kind kind, @Nullable KeyId target) {
    return new OperationRequest(
        CLUSTER,
        kind,
        null,
        target,
        null,
        null,
        new Origin(Origin.Trigger.HTTP, "ana", "because", key));
  }

  private static Operation accepted(RequestAnswer answer) {
    assertThat(answer).isInstanceOf(RequestAnswer.Accepted.class);
    return ((RequestAnswer.Accepted) answer).operation();
  }

  private static void assertDeclined(Cause cause, RequestAnswer answer) {
    assertThat(answer).isInstanceOf(RequestAnswer.Declined.class);
    assertThat(((RequestAnswer.Declined) answer).cause()).isEqualTo(cause);
  }
}
