package dev.rekey.app.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import dev.rekey.key.Ledger;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Order;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.operation.StepName;
import dev.rekey.service.SteerAnswer;
import dev.rekey.simulation.azure.AcceptedUpdate;
import dev.rekey.simulation.cluster.admission.Obstacle;
import dev.rekey.simulation.cluster.etcd.SecretKey;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** From KMS v1 to KMS v2 in the simulated world; etcd is the judge. */
class SimulatedMigrationTest {
  private static final int SECRETS = 120;

  private final SimulatedRekey world =
      new SimulatedRekey(new SimulatedRekey.Shape(3, SECRETS, 6, 2), Kind.MIGRATE_TO_KMS_V2);
  private final SimulatedMigration story = new SimulatedMigration(world);

  @Test
  void turnedOffUpgradedAndTurnedOn_allIsProvedTwiceAndLiesUnderTheKey() throws Exception {
    assertThat(world.cluster().oracle().countsByKeyId()).hasSize(1).containsValue(SECRETS);
    assertThat(world.cluster().oracle().plain()).isZero();
    Operation started = world.ask();
    KmsSettings on = started.route().stops().get(0);

    Evidence evidence = evidence(run(started));

    assertThat(world.arm().acceptedUpdates())
        .containsExactly(
            new AcceptedUpdate(world.name(), KmsSettings.OFF),
            new AcceptedUpdate(world.name(), on));
    assertThat(world.cluster().oracle().under(on.key().url())).isEqualTo(SECRETS);
    assertThat(evidence.operation().approver()).isEqualTo("somebody else");
    assertThat(evidence.foundReadable())
        .isEqualTo(new Evidence.FoundReadable(SECRETS, "somebody else"));
    assertThat(evidence.phases())
        .containsExactly(
            new Evidence.Phase(
                "disable",
                new Evidence.Secrets(SECRETS, SECRETS, 0, 0, 0, 0),
                new Evidence.Proof("counters", SECRETS, SECRETS, 0)));
    assertThat(evidence.proof()).isEqualTo(new Evidence.Proof("counters", SECRETS, SECRETS, 0));
    assertThat(evidence.census().after()).isEqualTo(Map.of(on.key().url(), (long) SECRETS));
    assertThat(evidence.steps())
        .extracting(Evidence.StepLine::reason)
        .contains("found-readable", "approved", "upgraded");
    assertThat(ledger().currentKey()).contains(Objects.requireNonNull(on.key()));
    assertThat(ledger().proved().key()).isEqualTo(on.key());
  }

  @Test
  void planIsNotApproved_nothingIsWrittenAndNothingIsSent() throws Exception {
    long written = world.cluster().oracle().writes();

    Operation planned = story.asked();

    assertStalled(planned, StepName.APPROVE, Reason.AWAITING_APPROVAL);
    assertThat(pending(planned).detail()).contains(SECRETS + " Secrets were found readable");
    assertThat(world.cluster().oracle().writes()).isEqualTo(written);
    assertThat(world.arm().acceptedUpdates()).isEmpty();
  }

  @Test
  void approvedTheNextDay_everySecretIsReadOnceMoreBeforeKmsIsTurnedOff() throws Exception {
    Operation planned = story.asked();
    world.time().advance(Duration.ofDays(1));
    SecretKey spoiled = world.cluster().oracle().secrets().get(7).key();
    world.process().approve(planned, SOMEBODY);
    world.vault().setEnabled(first(), false);
    world.cluster().replicas().forEach(each -> each.restart());

    Operation stalled = run(planned);

    assertThat(spoiled).isNotNull();
    assertStalled(stalled, StepName.COUNT, Reason.SECRETS_UNREADABLE);
    assertThat(world.arm().acceptedUpdates()).isEmpty();
  }

  /** KMS is off meanwhile, which nobody may overlook. */
  @Test
  void upgradeIsDue_stallsLoudlyWithTheCommandAndGoesOnByItself() throws Exception {
    Operation waiting = story.approved();

    assertStalled(waiting, StepName.AWAIT_UPGRADE, Reason.AWAITING_UPGRADE);
    assertThat(pending(waiting).detail())
        .contains(
            "az aks upgrade --resource-group clusters --name example --kubernetes-version 1.27"
                + " --control-plane-only");
    assertThat(pending(waiting).nextLook())
        .isBefore(world.time().instant().plus(Duration.ofMinutes(11)));
    assertThat(world.signals()).contains("operation-stalled awaiting-upgrade");
    assertThat(world.cluster().oracle().plain()).isEqualTo(SECRETS);
    assertThat(ledger().proved().under()).isEqualTo(KeyIdHash.PLAIN);

    Operation again = run(waiting);
    assertStalled(again, StepName.AWAIT_UPGRADE, Reason.AWAITING_UPGRADE);

    world.upgrade("1.27.9");
    assertThat(outcome(run(again))).isEqualTo(Ending.Outcome.COMPLETED);
    assertThat(world.cluster().oracle().plain()).isZero();
  }

  @Test
  void anotherChangesTheClusterWhileItWaits_allIsProvedPlainAnew() throws Exception {
    Operation waiting = story.approved();
    world.arm().changedByAnother(world.name(), body -> body.withObject("/tags").put("team", "a"));

    Operation again = run(waiting);

    assertStalled(again, StepName.AWAIT_UPGRADE, Reason.AWAITING_UPGRADE);
    assertThat(again.progress().passes())
        .anyMatch(pass -> pass.step().equals("prove-current") && pass.stands());
  }

  /** On this Kubernetes it is KMS v1 again. */
  @Test
  void somebodyTurnsKmsOnWhileItWaits_stopsWithBothValues() throws Exception {
    Operation waiting = story.approved();
    world.arm().rotatedByAnother(world.name(), first());
    world.time().advance(Duration.ofMinutes(30));

    Operation stopped = run(waiting);

    assertStalled(stopped, StepName.AWAIT_UPGRADE, Reason.CLUSTER_ON_ANOTHER_KEY);
    assertThat(pending(stopped).detail())
        .startsWith("KMS is " + first())
        .contains("leads from off to " + first());
    assertThat(world.arm().acceptedUpdates()).hasSize(1);
  }

  /** It would stay under KMS v1, and the upgrade takes away what reads that. */
  @Test
  void oneSecretIsDeniedByAPolicy_kmsIsNotTurnedOffUntilThatIsMended() throws Exception {
    SecretKey denied = world.cluster().oracle().secrets().get(7).key();
    world
        .cluster()
        .admission()
        .put(denied.namespace(), denied.name(), new Obstacle.DeniedByPolicy("guard"));

    Operation stalled = story.asked();

    assertStalled(stalled, StepName.COUNT, Reason.SECRETS_NOT_WRITABLE);
    assertThat(pending(stalled).detail()).isEqualTo("1 of 120 Secrets");
    assertThat(world.arm().acceptedUpdates()).isEmpty();

    world.cluster().admission().clear(denied.namespace());
    Operation planned = run(stalled);
    assertStalled(planned, StepName.APPROVE, Reason.AWAITING_APPROVAL);
  }

  /** Where a Secret becomes unwritable only when KMS is off, nobody is told to upgrade. */
  @Test
  void oneSecretStaysUnderKmsV1_nobodyIsAskedToUpgradeBeforeItIsRewritten() throws Exception {
    Operation planned = story.asked();
    SecretKey denied = world.cluster().oracle().secrets().get(7).key();
    world.process().approve(planned, SOMEBODY);
    Operation stalled =
        world
            .process()
            .run(
                planned,
                now -> {
                  if (!world.arm().acceptedUpdates().isEmpty()) {
                    world
                        .cluster()
                        .admission()
                        .put(
                            denied.namespace(),
                            denied.name(),
                            new Obstacle.DeniedByPolicy("guard"));
                  }
                },
                Duration.ofDays(1));

    assertStalled(stalled, StepName.PROVE_CURRENT, Reason.UNPROVED_EXCEPTIONS);
    assertThat(world.signals()).contains("operation-stalled unproved-exceptions");

    world.cluster().admission().clear(denied.namespace());
    Operation woken = world.process().wake(stalled, SOMEBODY);
    assertStalled(run(woken), StepName.AWAIT_UPGRADE, Reason.AWAITING_UPGRADE);
    assertThat(world.cluster().oracle().plain()).isEqualTo(SECRETS);
  }

  @Test
  void keyIsDisabledWhileItWaits_kmsIsNotTurnedOnWithIt() throws Exception {
    Operation waiting = story.approved();
    world.vault().setEnabled(first(), false);
    world.upgrade("1.27.9");

    Operation stalled = run(waiting);

    assertStalled(stalled, StepName.UPDATE_CLUSTER, Reason.TARGET_UNFIT);
    world.vault().setEnabled(first(), true);
    assertThat(outcome(run(stalled))).isEqualTo(Ending.Outcome.COMPLETED);
  }

  @Test
  void cancelled_untilKmsMayHaveBeenTurnedOffAndNotAfterwards() throws Exception {
    Operation planned = story.asked();
    world.process().approve(planned, SOMEBODY);
    Operation waiting = run(planned);

    assertThat(world.process().steer(waiting, order(Order.Action.CANCEL)))
        .isInstanceOf(SteerAnswer.Declined.class);

    SimulatedRekey other =
        new SimulatedRekey(new SimulatedRekey.Shape(4, 12, 2, 1), Kind.MIGRATE_TO_KMS_V2);
    Operation asked = new SimulatedMigration(other).asked();
    assertThat(other.process().steer(asked, order(Order.Action.CANCEL)))
        .isInstanceOf(SteerAnswer.Accepted.class);
    assertThat(other.arm().acceptedUpdates()).isEmpty();
  }

  @Test
  void pausedAndResumedAtTheWait_itGoesOnWhereItWas() throws Exception {
    Operation waiting = story.approved();
    world.process().steer(waiting, order(Order.Action.PAUSE));
    world.upgrade("1.27.9");
    Operation paused = run(waiting);

    assertThat(pending(paused).reason()).isEqualTo(Reason.PAUSED);
    assertThat(world.arm().acceptedUpdates()).hasSize(1);

    world.process().steer(paused, order(Order.Action.RESUME));
    assertThat(outcome(run(paused))).isEqualTo(Ending.Outcome.COMPLETED);
  }

  private static final Origin SOMEBODY =
      new Origin(Origin.Trigger.COMMAND_LINE, "somebody", "a test");

  private Order order(Order.Action action) {
    return new Order(action, "somebody", "a test", world.time().instant(), action.token(), null);
  }

  private KeyId first() {
    return world.vault().allVersions(SimulatedRekey.KEY).get(0).id();
  }

  /** An old message may come first, which leads to nothing. */
  private Operation run(Operation operation) throws InterruptedException {
    Operation latest = operation;
    for (int times = 0; times < 3 && latest.isActive(); times++) {
      latest = world.process().run(latest, any -> {}, Duration.ofDays(1));
    }
    return latest;
  }

  private Evidence evidence(Operation operation) {
    return world.process().evidence(operation).orElseThrow().evidence();
  }

  private Ledger ledger() {
    return world.records().ledger(world.name()).orElseThrow().value();
  }

  private static Ending.Outcome outcome(Operation operation) {
    return Objects.requireNonNull(operation.progress().ending(), () -> "" + operation.progress())
        .outcome();
  }

  private static Pending pending(Operation operation) {
    return Objects.requireNonNull(operation.progress().pending());
  }

  private static void assertStalled(Operation operation, StepName step, Reason reason) {
    assertThat(pending(operation).step()).as("%s", pending(operation)).isEqualTo(step);
    assertThat(pending(operation).reason()).isEqualTo(reason);
    assertThat(pending(operation).doing()).isEqualTo(Pending.Doing.STALLED);
  }
}
