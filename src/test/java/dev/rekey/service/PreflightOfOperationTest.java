package dev.rekey.service;

import static dev.rekey.operation.Example.hash;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Ending;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Reason;
import dev.rekey.operation.preflight.ClusterSide;
import dev.rekey.operation.preflight.Reading;
import dev.rekey.operation.preflight.Verdict;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the checks cost an operation, and what becomes of it where nobody can tell. */
class PreflightOfOperationTest {
  private final World world = new World();

  @BeforeEach
  void someSecrets() {
    world.servers.store(10, hash(1));
  }

  @Test
  void rotation_looksAroundOnceHoweverManyTurnsItTakes() {
    Operation ended = world.run(world.start(Kind.ROTATE), Duration.ofHours(1));

    assertThat(outcome(ended)).isEqualTo(Ending.Outcome.COMPLETED);
    assertThat(world.surroundings.looks).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"REENCRYPT", "CENSUS"})
  void whatLeavesTheSettings_looksAroundNever(Kind kind) {
    world.run(world.start(kind), Duration.ofHours(1));

    assertThat(world.surroundings.looks).isZero();
  }

  @Test
  void targetThatIsRefusedAnyway_looksAroundNever() {
    world.versions.remove(1);

    Operation ended = world.run(world.start(Kind.ROTATE), Duration.ofHours(1));

    assertThat(ending(ended).reason()).isEqualTo(Reason.TARGET_NOT_FOUND);
    assertThat(world.surroundings.looks).isZero();
  }

  @Test
  void armIsSilentForAWhile_isWaitedForAndLookedAgain() {
    silent(2);
    Operation started = world.start(Kind.ROTATE);
    world.advance(started);
    assertThat(Objects.requireNonNull(world.read(started).progress().pending()).reason())
        .isEqualTo(Reason.OUTSIDE_NOT_ANSWERING);

    Operation ended = world.run(started, Duration.ofHours(1));

    assertThat(outcome(ended)).isEqualTo(Ending.Outcome.COMPLETED);
    assertThat(world.surroundings.looks).isEqualTo(3);
  }

  /** An advice that nobody can give must not hold up a rotation for ever. */
  @Test
  void onlyWhatLiesAroundStaysSilent_isNotKnownAndTheRotationGoesOn() {
    silent(1_000);

    Operation ended = world.run(world.start(Kind.ROTATE), Duration.ofHours(1));

    assertThat(outcome(ended)).isEqualTo(Ending.Outcome.COMPLETED);
    assertThat(world.surroundings.looks).isEqualTo(6);
    assertThat(ended.progress().findings().concerns())
        .anyMatch(concern -> concern.check().equals("reaches-arm"))
        .anyMatch(
            concern ->
                concern.check().equals("cluster-running")
                    && concern.verdict() == Verdict.CANNOT_TELL);
  }

  /** They may be out of reach for the very reason that stands against the operation. */
  @Test
  void azureStandsAgainstIt_theApiServersAreNotAskedAtAll() {
    world.surroundings.cluster =
        new ClusterSide(
            Reading.unread("nobody may read it"),
            Reading.unread("nobody may read it"),
            List.of(Reading.absent("it was deleted")),
            Reading.unread("nobody may read it"),
            List.of());
    world.servers.beforeNext(
        "sample",
        () -> {
          throw new AssertionError("the API servers were asked");
        });

    Operation ended = world.run(world.start(Kind.ROTATE), Duration.ofHours(1));

    assertThat(ending(ended).reason()).isEqualTo(Reason.PREFLIGHT_FAILED);
    assertThat(ending(ended).detail()).startsWith("failed: identity-exists\n");
  }

  private void silent(int times) {
    for (int time = 0; time < times; time++) {
      world.surroundings.faults.add(World.fault(OutsideSystem.ARM, OutsideFault.Kind.TIMED_OUT));
    }
  }

  private static Ending.Outcome outcome(Operation operation) {
    return ending(operation).outcome();
  }

  private static Ending ending(Operation operation) {
    return Objects.requireNonNull(operation.progress().ending());
  }
}
