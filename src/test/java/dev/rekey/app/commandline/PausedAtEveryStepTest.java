package dev.rekey.app.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Evidence;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Order;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.operation.StepName;
import dev.rekey.operation.step.Plan;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A person pauses an operation of each kind wherever it comes to something new, and resumes it:
 * nothing is begun meanwhile, and it ends as ever.
 */
class PausedAtEveryStepTest {
  private static final SimulatedRekey.Shape SHAPE = new SimulatedRekey.Shape(3, 120, 6, 2);
  private static final Duration PATIENCE = Duration.ofDays(1);

  /** Where an operation doesn't stay if it finds all in order, and what ends it. */
  private static final Set<StepName> PASSING =
      Set.of(StepName.CONVERGE, StepName.LOCATE, StepName.RECORD);

  /** Of single kinds: where only a person's deed is waited for, and what was proved just before. */
  private static final Map<Kind, StepName> PASSING_TOO =
      Map.of(
          Kind.MIGRATE_TO_KMS_V2, StepName.AWAIT_UPGRADE,
          Kind.RECOVER_DROPPED_KEY, StepName.PROVE_CURRENT);

  private final Set<String> seen = new HashSet<>();
  private final Set<StepName> pausedAt = new TreeSet<>();
  private int said;

  @ParameterizedTest
  @EnumSource(Kind.class)
  void pausedAndResumedAtEveryStep_itEndsWithTheSameEvidence(Kind kind) throws Exception {
    SimulatedRekey undisturbed = new SimulatedRekey(SHAPE, kind);
    Operation expected = undisturbed.process().run(undisturbed.ask(), now -> {}, PATIENCE);
    SimulatedRekey world = new SimulatedRekey(SHAPE, kind);

    Operation ended = pausedEverywhere(world, world.ask(), pause(kind));

    assertThat(outcome(world, ended)).isEqualTo(outcome(undisturbed, expected));
    assertThat(world.arm().acceptedUpdates()).hasSameSizeAs(undisturbed.arm().acceptedUpdates());
    assertThat(pausedAt).containsAll(stepsThatStay(kind));
  }

  /** API servers load the version that is left within a minute, and the way back is closed then. */
  private static Duration pause(Kind kind) {
    return kind == Kind.RETURN ? Duration.ZERO : Duration.ofMinutes(20);
  }

  /** What comes before an approval has been done when the world's person has approved. */
  private static List<StepName> stepsThatStay(Kind kind) {
    List<StepName> all = Plan.names(kind);
    return all.subList(all.indexOf(StepName.APPROVE) + 1, all.size()).stream()
        .filter(step -> !PASSING.contains(step) && step != PASSING_TOO.get(kind))
        .toList();
  }

  private Operation pausedEverywhere(SimulatedRekey world, Operation started, Duration pause)
      throws InterruptedException {
    Operation latest = started;
    while (latest.isActive()) {
      latest = world.process().run(latest, now -> pauseWhereNew(world, now), PATIENCE);
      if (latest.progress().orders().pause().isPresent()) {
        assertThat(pending(latest).reason()).as("%s", pending(latest)).isEqualTo(Reason.PAUSED);
        assertNothingIsBegun(world, pause);
        steer(world, latest, Order.Action.RESUME);
      }
    }
    return latest;
  }

  private void pauseWhereNew(SimulatedRekey world, Operation now) {
    Pending at = now.progress().pending();
    boolean acts = at != null && at.doing() != Pending.Doing.STALLED;
    if (acts && seen.add(at.number() + " " + at.doing() + " " + at.reason())) {
      pausedAt.add(at.step());
      steer(world, now, Order.Action.PAUSE);
    }
  }

  private static void assertNothingIsBegun(SimulatedRekey world, Duration pause) {
    int updates = world.arm().acceptedUpdates().size();
    long writes = world.cluster().oracle().secrets().hashCode();
    world.time().advance(pause);
    assertThat(world.arm().acceptedUpdates()).hasSize(updates);
    assertThat(world.cluster().oracle().secrets().hashCode()).isEqualTo(writes);
  }

  private void steer(SimulatedRekey world, Operation operation, Order.Action action) {
    Order order =
        new Order(action, "ana", "a test", world.time().instant(), "order-" + ++said, null);
    world.process().steer(operation, order);
  }

  private static Pending pending(Operation operation) {
    return Objects.requireNonNull(operation.progress().pending());
  }

  /** What the evidence says, without when; the split of the sums may shift, the sums may not. */
  private static List<Object> outcome(SimulatedRekey world, Operation operation) {
    Evidence evidence = world.process().evidence(operation).orElseThrow().evidence();
    return List.of(
        evidence.operation().outcome(),
        evidence.key(),
        evidence.securityProfile().azureKeyVaultKms(),
        evidence.secrets(),
        evidence.proof(),
        evidence.census().after(),
        evidence.census().plain(),
        evidence.phases(),
        evidence.exceptions(),
        evidence.verdict(),
        evidence.steps().stream().map(Evidence.StepLine::step).toList());
  }
}
