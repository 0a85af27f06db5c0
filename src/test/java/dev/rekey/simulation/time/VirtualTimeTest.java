package dev.rekey.simulation.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  private final VirtualTime time = new VirtualTime(START);
  private final List<String> ran = new ArrayList<>();

  @Test
  void untilItIsAdvancedTimeStandsStillAndNothingRuns() {
    time.at(START, () -> ran.add("due"));

    assertThat(time.instant()).isEqualTo(START);
    assertThat(ran).isEmpty();
  }

  @Test
  void actionsRunInOrderOfTimeAndThoseOfOneInstantInOrderOfScheduling() {
    time.after(Duration.ofSeconds(2), () -> ran.add("late"));
    time.after(Duration.ofSeconds(1), () -> ran.add("first of two"));
    time.after(Duration.ofSeconds(1), () -> ran.add("second of two"));

    time.advance(Duration.ofSeconds(2));

    assertThat(ran).containsExactly("first of two", "second of two", "late");
  }

  @Test
  void anActionSeesItsOwnInstantAndWhatItSchedulesWithinTheSpanRunsToo() {
    time.after(
        Duration.ofSeconds(1),
        () -> time.after(Duration.ofSeconds(1), () -> ran.add(time.instant().toString())));

    time.advance(Duration.ofSeconds(5));

    assertThat(ran).containsExactly("2026-03-01T00:00:02Z");
    assertThat(time.instant()).isEqualTo(START.plusSeconds(5));
  }

  @Test
  void anActionThatAdvancesTimeItselfNeverMakesItGoBack() {
    time.after(Duration.ofSeconds(1), () -> time.advance(Duration.ofSeconds(10)));
    time.after(Duration.ofSeconds(3), () -> ran.add(time.instant().toString()));

    time.advance(Duration.ofSeconds(2));

    assertThat(time.instant()).isEqualTo(START.plusSeconds(11));
    assertThat(ran).containsExactly("2026-03-01T00:00:03Z");
  }

  @Test
  void aStepRunsOneActionOnlyAndOtherwiseMovesToTheLimit() {
    time.after(Duration.ofSeconds(1), () -> ran.add("one"));
    time.after(Duration.ofSeconds(2), () -> ran.add("two"));

    assertThat(time.step(START.plusSeconds(9))).isTrue();
    assertThat(ran).containsExactly("one");
    assertThat(time.nextDue()).isEqualTo(START.plusSeconds(2));
    assertThat(time.step(START.plusSeconds(1))).isFalse();
    assertThat(time.instant()).isEqualTo(START.plusSeconds(1));
  }
}
