package dev.rekey.service;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.key;
import static dev.rekey.operation.Example.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.key.Cloud;
import dev.rekey.key.Ledger;
import dev.rekey.key.ProvedOn;
import dev.rekey.operation.Effect;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.Mode;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Order;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Route;
import dev.rekey.operation.StepName;
import dev.rekey.operation.StepReport;
import dev.rekey.operation.step.PlanHash;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What begins by itself in mode {@code approve}, and waits for a person. */
class ApprovalModeTest {
  private static final Conduct CONDUCT = Conduct.auto(Cloud.PUBLIC).with(Mode.APPROVE);
  private static final Origin PERSON = new Origin(Origin.Trigger.HTTP, "ana", "today", "k1");

  private final World world = new World();

  @BeforeEach
  void clusterIsKnownForLong() {
    world.records.begin(CLUSTER, Ledger.firstSeen(NOW.minus(Duration.ofDays(300)), key(1)));
    world.servers.store(10, hash(1));
  }

  @Test
  void rotationBegins_andWaitsBehindItsChecksWithNothingChanged() {
    Operation waiting = waiting();

    assertThat(waiting.progress().pending().step()).isEqualTo(StepName.APPROVE);
    assertThat(waiting.progress().pending().reason()).isEqualTo(Reason.AWAITING_APPROVAL);
    assertThat(waiting.progress().pending().detail()).isEqualTo(PlanHash.of(waiting));
    assertThat(waiting.progress().steps())
        .extracting(StepReport::step)
        .containsExactly(StepName.CHECK);
    assertThat(world.log).noneMatch(line -> line.startsWith("update sent"));
  }

  @Test
  void approved_goesToItsProvedEndAndTheEvidenceNamesTheApprover() {
    Operation waiting = waiting();

    approve(waiting, PlanHash.of(waiting));
    world.advance(waiting);
    Operation ended = world.run(waiting, Duration.ofHours(1));

    assertThat(ended.progress().ending().outcome()).isEqualTo(Ending.Outcome.COMPLETED);
    assertThat(ended.progress().steps())
        .extracting(StepReport::step)
        .startsWith(StepName.CHECK, StepName.APPROVE, StepName.CONVERGE);
    Evidence evidence = world.records.evidence(CLUSTER, ended.id()).orElseThrow().evidence();
    assertThat(evidence.operation().approver()).isEqualTo("bo");
    assertThat(evidence.operation().trigger()).isEqualTo("timer");
  }

  @Test
  void approvedWithTheHashOfAnotherPlan_isDeclined() {
    Operation waiting = waiting();

    assertThat(approve(waiting, "sha256:" + "ab".repeat(32)))
        .isInstanceOf(SteerAnswer.Declined.class);
    world.advance(waiting);
    assertThat(world.run(waiting, Duration.ofHours(3)).progress().pending().reason())
        .isEqualTo(Reason.AWAITING_APPROVAL);
  }

  @Test
  void newerVersion_takesThePlaceOfWhatWaits_andNeedsAnApprovalOfItsOwn() {
    Operation waiting = waiting();
    world.versions.add(version(3));

    timer();

    assertThat(world.read(waiting).progress().ending().reason()).isEqualTo(Reason.SUPERSEDED);
    Operation next = world.records.active(CLUSTER).orElseThrow().value();
    assertThat(next.to()).isEqualTo(key(3));
    assertThat(next.origin().asksFirst()).isTrue();
    assertThat(PlanHash.of(next)).isNotEqualTo(PlanHash.of(waiting));
  }

  @Test
  void personAsksForAnother_whatWaitsGivesWay() {
    Operation waiting = waiting();

    RequestAnswer answer =
        new RequestOperation(world.ports, CONDUCT)
            .request(
                new OperationRequest(
                    CLUSTER, Kind.REENCRYPT, null, null, null, null, null, PERSON));

    assertThat(answer).isInstanceOf(RequestAnswer.Accepted.class);
    assertThat(world.read(waiting).progress().ending().reason()).isEqualTo(Reason.GAVE_WAY);
    Operation next = world.records.active(CLUSTER).orElseThrow().value();
    assertThat(next.kind()).isEqualTo(Kind.REENCRYPT);
    assertThat(next.origin().asksFirst()).isFalse();
  }

  @Test
  void personCancelsWhatWaits_itIsNotBegunAgainBeforeThereIsANewerVersion() {
    Operation waiting = waiting();
    new SteerOperation(world.ports)
        .steer(waiting.id(), new Order(Order.Action.CANCEL, "bo", "not this one", NOW, "c", null));

    timer();
    assertThat(world.records.active(CLUSTER)).isEmpty();
    assertThat(world.signals).contains("rotation-not-begun declined");

    world.versions.add(version(3));
    timer();
    assertThat(world.records.active(CLUSTER).orElseThrow().value().to()).isEqualTo(key(3));
  }

  @Test
  void personAsksForARotation_itWaitsForNobody() {
    new RequestOperation(world.ports, CONDUCT)
        .request(new OperationRequest(CLUSTER, Kind.ROTATE, null, null, null, null, null, PERSON));

    Operation begun = world.records.active(CLUSTER).orElseThrow().value();
    assertThat(world.run(begun, Duration.ofHours(1)).progress().ending().outcome())
        .isEqualTo(Ending.Outcome.COMPLETED);
  }

  /** In production too: whatever has let it come so far, nothing is sent that nobody approved. */
  @Test
  void updateThatNobodyHasApproved_breaksAPromise() {
    Operation waiting = waiting();
    Ledger proved =
        Ledger.firstSeen(NOW, key(1)).proved(new ProvedOn(key(1), "e", NOW, waiting.id()));
    Effect.UpdateCluster effect =
        new Effect.UpdateCluster(KmsSettings.of(key(1)), KmsSettings.of(key(2)), "e", List.of());

    assertThatThrownBy(() -> Promises.beforeUpdate(waiting, proved, effect))
        .isInstanceOf(BrokenPromise.class)
        .hasMessageContaining("wants approved");
  }

  @Test
  void otherChangesThatBeginByThemselves_askTooAndInObserveNoneBegins() {
    Route staying = Route.of(key(1), key(1));
    Origin timer = new Origin(Origin.Trigger.TIMER, "rekey", "a foreign key was found");

    assertThat(
            new StartByItself(world.ports, CONDUCT.with(Mode.OBSERVE))
                .start(world.clusters.read(CLUSTER), Kind.REENCRYPT, staying, timer))
        .isEmpty();
    Operation begun =
        new StartByItself(world.ports, CONDUCT)
            .start(world.clusters.read(CLUSTER), Kind.REENCRYPT, staying, timer)
            .orElseThrow();

    Operation waiting = world.run(begun, Duration.ofMinutes(5));
    assertThat(waiting.progress().pending().reason()).isEqualTo(Reason.AWAITING_APPROVAL);
    approve(waiting, PlanHash.of(waiting));
    world.advance(waiting);
    assertThat(world.run(waiting, Duration.ofHours(1)).progress().ending().outcome())
        .isEqualTo(Ending.Outcome.COMPLETED);
  }

  private Operation waiting() {
    timer();
    return world.run(world.records.active(CLUSTER).orElseThrow().value(), Duration.ofMinutes(5));
  }

  private void timer() {
    new Reconcile(world.ports, CONDUCT, Map::of).run();
  }

  private SteerAnswer approve(Operation operation, String plan) {
    return new SteerOperation(world.ports)
        .steer(
            operation.id(),
            new Order(Order.Action.APPROVE, "bo", "looked at it", world.time.instant(), "a", plan));
  }
}
