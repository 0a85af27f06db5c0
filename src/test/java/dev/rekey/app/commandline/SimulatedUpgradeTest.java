package dev.rekey.app.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KubernetesVersion;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Order;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.operation.StepName;
import dev.rekey.simulation.azure.UpdateFault;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A migration from KMS v1 that upgrades Kubernetes itself, in the simulated world. */
class SimulatedUpgradeTest {
  private static final int SECRETS = 60;
  private static final Duration DAY = Duration.ofDays(1);

  private final SimulatedRekey world =
      new SimulatedRekey(new SimulatedRekey.Shape(3, SECRETS, 6, 2), Kind.MIGRATE_TO_KMS_V2)
          .upgradingTo(new KubernetesVersion(1, 27, 9));
  private final SimulatedMigration story = new SimulatedMigration(world);

  @Test
  void approved_itGoesToTheEndWithoutAnybodysHelpAndLeavesTheNodesAlone() throws Exception {
    ObjectNode before = world.arm().body(world.name());

    Operation ended = finish(story.approved());

    assertIsProved(ended);
    List<ObjectNode> sent = world.arm().acceptedBodies();
    assertThat(sent).hasSize(3);
    ObjectNode upgrade = sent.get(1);
    assertThat(upgrade.at("/properties/kubernetesVersion").asText()).isEqualTo("1.27.9");
    assertThat(upgrade.at("/properties/agentPoolProfiles"))
        .isEqualTo(before.at("/properties/agentPoolProfiles"));
    assertThat(withoutVersionAndEtag(upgrade)).isEqualTo(withoutVersionAndEtag(sent.get(0)));
    assertThat(world.signals()).doesNotContain("operation-stalled awaiting-upgrade");
    assertThat(ended.progress().steps())
        .filteredOn(step -> step.step() == StepName.AWAIT_UPGRADE)
        .extracting(step -> step.reason())
        .containsExactly(Reason.UPGRADED);
  }

  /** KMS is off in both, and so both differ in the version alone. */
  private static ObjectNode withoutVersionAndEtag(ObjectNode body) {
    ObjectNode rest = body.deepCopy();
    rest.withObject("/properties").remove("kubernetesVersion");
    rest.remove("eTag");
    return rest;
  }

  @Test
  void notApproved_nothingIsSent() throws Exception {
    Operation planned = story.asked();

    assertThat(pending(planned).reason()).isEqualTo(Reason.AWAITING_APPROVAL);
    assertThat(pending(planned).detail()).contains("it upgrades Kubernetes to 1.27.9");
    assertThat(world.arm().acceptedUpdates()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(UpdateFault.class)
  void upgradeGoesWrongOnce_itIsAskedForAgainIfNeededAndAllEndsProved(UpdateFault fault)
      throws Exception {
    Operation ended = finish(approved(failing(fault)));

    assertIsProved(ended);
    boolean once = fault == UpdateFault.LOST_REQUEST || fault == UpdateFault.LOST_REPLY;
    assertThat(world.arm().acceptedUpdates()).hasSize(once ? 3 : 4);
  }

  @Test
  void upgradeFailsEachTime_stallsWithTheCodeAndAPersonsUpgradeLeadsOn() throws Exception {
    UpdateFault fails = UpdateFault.FAILS_BEFORE_MOVE;

    Operation stalled = approved(failing(fails, fails, fails, fails));

    assertThat(pending(stalled).reason()).isEqualTo(Reason.UPGRADE_KEEPS_FAILING);
    assertThat(pending(stalled).detail())
        .startsWith("ARM says: InternalServerError; type: az aks upgrade")
        .contains("KMS is off until it goes on");
    assertThat(world.signals()).contains("operation-stalled upgrade-keeps-failing");
    assertThat(world.arm().acceptedUpdates()).hasSize(5);
    assertThat(world.cluster().oracle().plain()).isEqualTo(SECRETS);

    world.upgrade("1.27.9");
    assertIsProved(finish(stalled));
    assertThat(world.arm().acceptedUpdates()).hasSize(6);
  }

  @Test
  void nobodyHelps_itTriesAgainHourlyByItself() throws Exception {
    UpdateFault fails = UpdateFault.FAILS_BEFORE_MOVE;
    Operation stalled = approved(failing(fails, fails, fails, fails));

    world.time().advance(Duration.ofHours(1));

    assertIsProved(finish(stalled));
    assertThat(world.arm().acceptedUpdates()).hasSize(7);
  }

  @Test
  void aPersonIsFaster_thatIsTakenWhateverVersionOfItIs() throws Exception {
    Operation ended =
        finish(
            approved(
                now -> {
                  if (isSecondPhase(now) && "1.26.15".equals(wanted())) {
                    world.upgrade("1.27.3");
                  }
                }));

    assertIsProved(ended);
    assertThat(world.arm().acceptedUpdates()).hasSize(2);
    assertThat(wanted()).isEqualTo("1.27.3");
  }

  /** What stays under KMS v1 could be read by nobody after the upgrade. */
  @Test
  void somebodyTurnsKmsOnBeforeTheUpgrade_itIsNotSent() throws Exception {
    Operation stopped =
        approved(
            now -> {
              if (isSecondPhase(now) && world.arm().acceptedUpdates().size() == 1) {
                world
                    .arm()
                    .rotatedByAnother(
                        world.name(), Objects.requireNonNull(now.route().stops().get(0).key()));
              }
            });

    assertThat(pending(stopped).reason()).isEqualTo(Reason.CLUSTER_ON_ANOTHER_KEY);
    assertThat(wanted()).isEqualTo("1.26.15");
    assertThat(world.arm().acceptedUpdates()).hasSize(1);
  }

  @Test
  void rightIsMissing_stallsAndGoesOnOnceItIsGranted() throws Exception {
    String write = "Microsoft.ContainerService/managedClusters/write";
    Operation stalled = approved(now -> world.arm().forbid(write, isSecondPhase(now)));

    assertThat(pending(stalled).reason()).isEqualTo(Reason.ACCESS_DENIED);
    assertThat(stalled.upgrade().orElseThrow().attempts()).isZero();

    world.arm().forbid(write, false);
    assertIsProved(finish(stalled));
  }

  @Test
  void pausedBeforeTheUpgrade_itIsSentOnlyAfterResuming() throws Exception {
    Operation paused =
        approved(
            now -> {
              if (isSecondPhase(now) && now.progress().orders().pause().isEmpty()) {
                world.process().steer(now, order(Order.Action.PAUSE));
              }
            });

    assertThat(pending(paused).reason()).isEqualTo(Reason.PAUSED);
    assertThat(world.arm().acceptedUpdates()).hasSize(1);

    world.process().steer(paused, order(Order.Action.RESUME));
    assertIsProved(finish(paused));
  }

  private Order order(Order.Action action) {
    return new Order(action, "somebody", "a test", world.time().instant(), action.token(), null);
  }

  /** Faults of the updates that come once KMS is off. */
  private Consumer<Operation> failing(UpdateFault... faults) {
    Queue<UpdateFault> left = new ArrayDeque<>(List.of(faults));
    return now -> {
      if (isSecondPhase(now)) {
        left.forEach(world.arm()::failNextUpdate);
        left.clear();
      }
    };
  }

  private static boolean isSecondPhase(Operation operation) {
    return operation.phase() == 1 && !operation.mayHaveUpdated();
  }

  private String wanted() {
    return world.arm().body(world.name()).at("/properties/kubernetesVersion").asText();
  }

  /** Approved, and gone on until it ends or stalls, with something done after each turn. */
  private Operation approved(Consumer<Operation> afterEachTurn) throws InterruptedException {
    Operation planned = story.asked();
    world
        .process()
        .approve(planned, new Origin(Origin.Trigger.COMMAND_LINE, "somebody else", "a test"));
    return world.process().run(planned, afterEachTurn::accept, DAY);
  }

  /** An old message may come first, which leads to nothing. */
  private Operation finish(Operation operation) throws InterruptedException {
    Operation latest = operation;
    for (int times = 0; times < 3 && latest.isActive(); times++) {
      latest = world.process().run(latest, any -> {}, DAY);
    }
    return latest;
  }

  private void assertIsProved(Operation ended) {
    Ending ending =
        Objects.requireNonNull(ended.progress().ending(), () -> "" + ended.progress().pending());
    assertThat(ending.outcome()).isEqualTo(Ending.Outcome.COMPLETED);
    String key = Objects.requireNonNull(ended.to()).url();
    assertThat(world.cluster().oracle().under(key)).isEqualTo(SECRETS);
  }

  private static Pending pending(Operation operation) {
    return Objects.requireNonNull(operation.progress().pending());
  }
}
