package dev.rekey.app.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyId;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Route;
import dev.rekey.service.RequestAnswer;
import dev.rekey.simulation.cluster.replica.SimulatedReplica;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A key version that AKS has dropped while Secrets lay under it, in a simulated world. */
class SimulatedDroppedKeyTest {
  private static final int SECRETS = 120;

  private final SimulatedRekey world = world(SECRETS, 6);
  private final SimulatedDroppedKey story = new SimulatedDroppedKey(world);

  @Test
  void rotatedTwiceByHand_allIsRecoveredAndTheClusterGoesForward() throws Exception {
    KeyId newest = afterTwoRotations();
    Operation planned = story.asked(null);

    assertThat(detail(planned))
        .contains("it makes " + version(0) + " current again: the ledger has seen it")
        .contains("can't be decrypted: 96");
    Operation ended = run(story.approve(planned));

    assertCompleted(ended);
    assertThat(world.cluster().oracle().under(newest.url())).isEqualTo(SECRETS);
    Evidence evidence = evidence(ended);
    assertThat(evidence.operation().approver()).isEqualTo("somebody else");
    assertThat(evidence.census().before()).isEqualTo(Map.of(newest.url(), 24L, "unknown", 96L));
    assertThat(evidence.broughtBack())
        .isEqualTo(new Evidence.BroughtBack(version(0).url(), "ledger", 96, true));
    assertThat(evidence.phases()).hasSize(1);
    assertThat(evidence.phases().get(0).step()).isEqualTo("recover-dropped-key");
    assertThat(evidence.phases().get(0).secrets().rewritten()).isEqualTo(24);
    assertThat(evidence.phases().get(0).proof().method()).isEqualTo("counters");
    assertThat(evidence.proof()).isEqualTo(new Evidence.Proof("counters", SECRETS, SECRETS, 0));
    assertThat(world.arm().acceptedUpdates()).hasSize(2);
  }

  @Test
  void oneApiServerHasRestarted_allIsCountedAndRecovered() throws Exception {
    afterTwoRotations();
    world.cluster().replicas().get(0).restart();
    Operation planned = story.asked(null);

    assertThat(detail(planned)).doesNotContain("it can't be known");
    assertCompleted(run(story.approve(planned)));
    assertThat(world.cluster().oracle().under(version(2).url())).isEqualTo(SECRETS);
  }

  /** More than a list goes around: what lies in the previous slot's version nobody can tell. */
  @Test
  void secretsCanNotBeListed_planSaysWhatCanNotBeKnownAndTheApprovalNamesIt() throws Exception {
    SimulatedRekey large = world(600, 2);
    SimulatedDroppedKey there = new SimulatedDroppedKey(large);
    there.rotatedTwice();
    large.cluster().replicas().forEach(SimulatedReplica::restart);

    Operation planned = there.asked(null);

    assertThat(detail(planned)).contains("it can't be known whether Secrets lie under");
    Operation first = large.process().run(there.approve(planned), any -> {}, Duration.ofDays(2));
    assertThat(first.progress().steps())
        .anyMatch(step -> step.reason() == Reason.COUNT_NOT_POSSIBLE);
    // What the lists hid lay under the slot that was dropped: it is brought back in its turn.
    assertThat(pending(first).reason()).isEqualTo(Reason.KEY_VERSION_DROPPED);
    Operation second = there.approve(there.asked(null));
    assertCompleted(large.process().run(second, any -> {}, Duration.ofDays(2)));
    KeyId newest = large.vault().allVersions(SimulatedRekey.KEY).get(2).id();
    assertThat(large.cluster().oracle().under(newest.url())).isEqualTo(600);
  }

  @Test
  void nothingIsUnreadable_isRefused() throws Exception {
    SimulatedRekey empty = world(0, 1);
    SimulatedDroppedKey there = new SimulatedDroppedKey(empty);
    there.rotatedTwice();

    Operation refused = there.asked(null);

    assertThat(ending(refused).reason()).isEqualTo(Reason.NOTHING_UNREADABLE);
    assertThat(empty.arm().acceptedUpdates()).isEmpty();
  }

  @Test
  void missingVersionIsDisabled_isRefusedWithTheCommand() throws Exception {
    afterTwoRotations();
    world.vault().setEnabled(version(0), false);

    Operation refused = story.asked(null);

    assertThat(ending(refused).reason()).isEqualTo(Reason.TARGET_UNFIT);
    assertThat(ending(refused).detail())
        .contains("az keyvault key set-attributes --id " + version(0) + " --enabled true");
  }

  @Test
  void versionInTheSlotIsNamed_isRefused() throws Exception {
    afterTwoRotations();

    assertThat(ending(story.asked(version(1))).reason()).isEqualTo(Reason.VERSION_IN_SLOT);
    assertThat(story.request(version(2)))
        .isEqualTo(new RequestAnswer.Declined(RequestAnswer.Cause.NO_VERSION_DROPPED, null));
  }

  /** Nothing that could be read before is lost by a try in vain. */
  @Test
  void versionThatIsNotTheMissingOneWasTried_theNextOlderOneIsTriedInItsPlace() throws Exception {
    afterTwoRotations();
    KeyId newest = story.moveByHand();
    long readable = readable();
    Operation inVain = run(story.approve(story.asked(version(1))));

    assertThat(pending(inVain).reason()).isEqualTo(Reason.KEY_VERSION_DROPPED);
    assertThat(world.arm().keyIdShown(world.name())).isEqualTo(version(1).url());
    assertThat(readable()).isGreaterThanOrEqualTo(readable);
    Operation again = story.asked(null);

    assertThat(again.to()).isEqualTo(version(0));
    assertThat(ending(latest(inVain)).reason()).isEqualTo(Reason.BRINGING_BACK);
    assertCompleted(run(story.approve(again)));
    assertThat(world.cluster().oracle().under(newest.url())).isEqualTo(SECRETS);
  }

  @Test
  void secretsLieUnderTwoDroppedVersions_bothAreBroughtBackOneAfterTheOther() throws Exception {
    afterTwoRotations();
    KeyId newest = story.moveByHand(); // drops the second version too, with Secrets under it
    Operation first = run(story.approve(story.asked(null)));

    assertThat(pending(first).reason()).isEqualTo(Reason.KEY_VERSION_DROPPED);
    Operation second = story.asked(null);
    assertThat(second.to()).isNotEqualTo(first.route().stops().get(1).key());
    Operation ended = run(story.approve(second));
    if (ended.isActive()) { // nothing tells the one that was in the previous slot from the other
      ended = run(story.approve(story.asked(null)));
    }
    assertCompleted(ended);
    assertThat(world.cluster().oracle().under(newest.url())).isEqualTo(SECRETS);
  }

  @Test
  void rotationHasStalledOnWhatCanNotBeDecrypted_itGivesWay() throws Exception {
    KeyId current = afterTwoRotations();
    KeyId next = world.vault().createVersion(SimulatedRekey.KEY);
    Origin origin = new Origin(Origin.Trigger.EVENT, "key-vault", "a new version");
    Operation rotation =
        world
            .process()
            .start(world.name(), Kind.ROTATE, Route.of(current, next), origin)
            .orElseThrow();
    Operation stalled = world.process().run(rotation, any -> {}, Duration.ofHours(1));
    assertThat(pending(stalled).reason()).isEqualTo(Reason.KEY_VERSION_DROPPED);

    Operation ended = run(story.approve(story.asked(null)));

    assertCompleted(ended);
    assertThat(ending(latest(stalled)).outcome()).isEqualTo(Ending.Outcome.CANCELLED);
    assertThat(world.cluster().oracle().under(next.url())).isEqualTo(SECRETS);
  }

  private static SimulatedRekey world(int secrets, int namespaces) {
    return new SimulatedRekey(
        new SimulatedRekey.Shape(3, secrets, namespaces, 2), Kind.RECOVER_DROPPED_KEY);
  }

  private KeyId afterTwoRotations() {
    story.rotatedTwice();
    return version(2);
  }

  private KeyId version(int number) {
    return world.vault().allVersions(SimulatedRekey.KEY).get(number).id();
  }

  /** Secrets under the versions in the slots. */
  private long readable() {
    List<String> slots =
        List.of(
            world.cluster().replicas().get(0).configuration().providers().toString().split("kms "));
    return world.vault().allVersions(SimulatedRekey.KEY).stream()
        .map(version -> version.id().url())
        .filter(url -> slots.stream().anyMatch(slot -> slot.contains(url)))
        .mapToLong(world.cluster().oracle()::under)
        .sum();
  }

  private Operation run(Operation operation) throws InterruptedException {
    return world.process().run(operation, any -> {}, Duration.ofDays(1));
  }

  private Operation latest(Operation known) {
    return world.records().operation(world.name(), known.id()).orElseThrow().value();
  }

  private static void assertCompleted(Operation ended) {
    assertThat(ended.progress().ending()).as("%s", ended.progress().pending()).isNotNull();
    assertThat(ending(ended).outcome()).isEqualTo(Ending.Outcome.COMPLETED);
  }

  private static Ending ending(Operation operation) {
    return Objects.requireNonNull(
        operation.progress().ending(), String.valueOf(operation.progress().pending()));
  }

  private static Pending pending(Operation operation) {
    return Objects.requireNonNull(
        operation.progress().pending(), String.valueOf(operation.progress().ending()));
  }

  private static String detail(Operation planned) {
    assertThat(pending(planned).reason()).isEqualTo(Reason.AWAITING_APPROVAL);
    return Objects.requireNonNull(pending(planned).detail());
  }

  private Evidence evidence(Operation ended) {
    return world.process().evidence(ended).orElseThrow().evidence();
  }
}
