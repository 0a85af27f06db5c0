package dev.rekey.app.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyId;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Order;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.operation.step.PlanHash;
import dev.rekey.service.RequestAnswer;
import dev.rekey.service.SteerAnswer;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The way back from a key version that no API server could load; etcd is the judge. */
class SimulatedReturnTest {
  private static final String OTHER_PLAN = "sha256:" + "0".repeat(64);

  private final SimulatedRekey world =
      new SimulatedRekey(new SimulatedRekey.Shape(3, 120, 6, 2), Kind.RETURN);
  private final SimulatedReturn person = new SimulatedReturn(world);

  @Test
  void approved_theClusterIsBackAndEverythingProvedUnderTheVersionBefore() throws Exception {
    Operation rotation = person.stalledRotation();
    Operation returning = person.asked();
    KeyId before = Objects.requireNonNull(returning.to());
    KeyId left = Objects.requireNonNull(returning.from());

    Operation ended = run(person.approved(returning));

    assertThat(outcome(ended)).isEqualTo(Ending.Outcome.COMPLETED);
    assertThat(world.arm().read(world.name()).isOn(before)).isTrue();
    assertThat(world.cluster().oracle().under(before.url())).isEqualTo(120);
    Evidence evidence = world.process().evidence(ended).orElseThrow().evidence();
    assertThat(evidence.key()).isEqualTo(new Evidence.Keys(left.url(), before.url()));
    assertThat(evidence.operation().approver()).isEqualTo("somebody");
    assertThat(evidence.census().after()).isEqualTo(Map.of(before.url(), 120L));
    assertThat(evidence.verdict().previousKey()).isEqualTo("keep-until-next-rotation-is-proved");
    assertThat(ending(rotation).reason()).isEqualTo(Reason.RETURNED);
    assertThat(ending(rotation).detail()).startsWith("somebody: ");
    assertThat(world.records().ledger(world.name()).orElseThrow().value().currentKey())
        .contains(before);
  }

  @Test
  void afterwards_theTimerLeavesTheClusterWhereItIsUntilANewerVersionComes() throws Exception {
    Operation ended = run(person.approvedReturn());
    world.time().advance(Duration.ofDays(1));

    world.process().reconcile();

    assertThat(world.process().unfinished(world.name())).isEmpty();
    assertThat(world.signals()).contains("rotation-not-begun returned-from");

    KeyId newer = world.vault().createVersion(SimulatedRekey.KEY);
    world.process().reconcile();

    Operation next = world.process().unfinished(world.name()).orElseThrow();
    assertThat(next.from()).isEqualTo(ended.to());
    assertThat(next.to()).isEqualTo(newer);
    assertThat(outcome(run(next))).isEqualTo(Ending.Outcome.COMPLETED);
  }

  @Test
  void notApproved_itWaitsAndNothingIsSent() throws Exception {
    person.stalledRotation();

    Operation waiting = person.asked();

    assertThat(pending(waiting).reason()).isEqualTo(Reason.AWAITING_APPROVAL);
    assertThat(pending(waiting).detail()).isEqualTo(PlanHash.of(waiting));
    assertThat(world.arm().acceptedUpdates()).hasSize(1);
  }

  @Test
  void anotherPlanIsApproved_isDeclinedAndNothingIsSent() throws Exception {
    person.stalledRotation();
    Operation waiting = person.asked();

    SteerAnswer answer = person.steer(waiting, Order.Action.APPROVE, OTHER_PLAN);

    assertThat(((SteerAnswer.Declined) answer).cause()).isEqualTo(SteerAnswer.Cause.OTHER_PLAN);
    assertThat(pending(run(waiting)).reason()).isEqualTo(Reason.AWAITING_APPROVAL);
    assertThat(world.arm().acceptedUpdates()).hasSize(1);
  }

  @Test
  void approvedTwice_isDoneOnce() throws Exception {
    person.stalledRotation();
    Operation waiting = person.asked();
    person.approved(waiting);

    Operation ended = run(person.approved(waiting));

    assertThat(outcome(ended)).isEqualTo(Ending.Outcome.COMPLETED);
    assertThat(world.arm().acceptedUpdates()).hasSize(2);
  }

  @Test
  void cancelledBeforeTheUpdate_nothingIsSentAndTheClusterIsFreeToGoForward() throws Exception {
    person.stalledRotation();
    Operation waiting = person.asked();

    person.steer(waiting, Order.Action.CANCEL, null);

    assertThat(outcome(read(waiting))).isEqualTo(Ending.Outcome.CANCELLED);
    world.vault().setEnabled(Objects.requireNonNull(waiting.from()), true);
    Operation forward = run(((RequestAnswer.Accepted) person.request(Kind.REENCRYPT)).operation());
    assertThat(outcome(forward)).isEqualTo(Ending.Outcome.COMPLETED);
    assertThat(world.cluster().oracle().under(waiting.from().url())).isEqualTo(120);
    assertThat(world.arm().acceptedUpdates()).hasSize(1);
  }

  @Test
  void serverLoadsTheNewVersionBetweenApprovalAndUpdate_isRefusedAndNothingIsSent()
      throws Exception {
    person.stalledRotation();
    Operation approved = person.approved(person.asked());
    world.time().advance(Duration.ofMinutes(2));

    Operation ended = run(approved);

    assertThat(outcome(ended)).isEqualTo(Ending.Outcome.REFUSED);
    assertThat(ending(ended).reason()).isEqualTo(Reason.NEW_KEY_LOADED);
    assertThat(world.arm().acceptedUpdates()).hasSize(1);
  }

  @Test
  void pausedAndResumedBeforeTheApproval_itGoesOnWhereItWas() throws Exception {
    person.stalledRotation();
    Operation waiting = person.asked();

    person.steer(waiting, Order.Action.PAUSE, null);
    assertThat(pending(run(waiting)).reason()).isEqualTo(Reason.PAUSED);
    person.steer(waiting, Order.Action.RESUME, null);

    assertThat(outcome(run(person.approved(waiting)))).isEqualTo(Ending.Outcome.COMPLETED);
  }

  /** Nobody made the new version usable: AKS refuses to leave it, and nothing has been lost. */
  @Test
  void newVersionStaysUnusable_stallsAndAPersonLetsItGoForward() throws Exception {
    person.stalledRotation();
    Operation waiting = person.asked();
    person.steer(waiting, Order.Action.APPROVE, PlanHash.of(waiting));

    Operation stalled = run(waiting);

    assertThat(pending(stalled).reason()).isEqualTo(Reason.UPDATE_KEEPS_FAILING);
    assertThat(world.cluster().oracle().under(stalled.to().url())).isEqualTo(120);

    world.vault().setEnabled(Objects.requireNonNull(stalled.from()), true);
    world.time().advance(Duration.ofHours(2));
    assertThat(pending(run(stalled)).reason()).isEqualTo(Reason.NEW_KEY_LOADED);

    Operation forward = run(((RequestAnswer.Accepted) person.request(Kind.REENCRYPT)).operation());

    assertThat(outcome(forward)).isEqualTo(Ending.Outcome.COMPLETED);
    assertThat(ending(read(stalled)).reason()).isEqualTo(Reason.GONE_FORWARD);
    assertThat(world.cluster().oracle().under(stalled.from().url())).isEqualTo(120);
  }

  /** A message of an earlier turn tells nothing, so some looks are taken. */
  private Operation run(Operation operation) throws InterruptedException {
    Operation latest = operation;
    for (int looks = 0; looks < 3 && latest.isActive(); looks++) {
      latest = world.process().run(latest, now -> {}, Duration.ofDays(1));
    }
    return latest;
  }

  private Operation read(Operation operation) {
    return world.records().operation(world.name(), operation.id()).orElseThrow().value();
  }

  private Ending ending(Operation operation) {
    return Objects.requireNonNull(read(operation).progress().ending());
  }

  private Ending.Outcome outcome(Operation operation) {
    return ending(operation).outcome();
  }

  private static Pending pending(Operation operation) {
    return Objects.requireNonNull(operation.progress().pending());
  }
}
