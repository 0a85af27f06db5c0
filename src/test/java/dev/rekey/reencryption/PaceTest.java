package dev.rekey.reencryption;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final Duration USUAL = Duration.ofMillis(20);

  @Test
  void fixed_beginsWithItsWholeShare() {
    assertThat(Pace.fixed(8).limit()).isEqualTo(8);
  }

  @Test
  void fixed_heedsNoLatency() {
    Pace calm = times(Pace.fixed(16), 100, Samples.patched("1"), USUAL);

    assertThat(times(calm, 200, Samples.patched("1"), Duration.ofSeconds(2)).limit()).isEqualTo(16);
  }

  @Test
  void throttled_halves() {
    assertThat(Pace.fixed(32).after(Samples.busy(BusyCause.THROTTLED), USUAL).limit())
        .isEqualTo(16);
  }

  @Test
  void throttledTwiceInARow_halvesOnce() {
    Pace pace = times(Pace.fixed(32), 2, Samples.busy(BusyCause.THROTTLED), USUAL);

    assertThat(pace.limit()).isEqualTo(16);
  }

  @Test
  void throttledAgainARoundLater_halvesAgain() {
    Pace halved = Pace.fixed(32).after(Samples.busy(BusyCause.THROTTLED), USUAL);
    Pace later = times(halved, 40, Samples.patched("1"), USUAL);
    int grown = later.limit();

    assertThat(later.after(Samples.busy(BusyCause.THROTTLED), USUAL).limit()).isEqualTo(grown / 2);
  }

  @Test
  void unavailableAndTimedOut_areSignsOfLoadToo() {
    assertThat(Pace.fixed(8).after(Samples.busy(BusyCause.UNAVAILABLE), USUAL).limit())
        .isEqualTo(4);
    assertThat(Pace.fixed(8).after(Samples.busy(BusyCause.TIMED_OUT), USUAL).limit()).isEqualTo(4);
  }

  @Test
  void storageReinitialisingAndLostConnections_doNotMoveIt() {
    assertThat(
            times(Pace.fixed(8), 50, Samples.busy(BusyCause.STORAGE_REINITIALISING), USUAL).limit())
        .isEqualTo(8);
    assertThat(times(Pace.fixed(8), 50, Samples.busy(BusyCause.CONNECTION_LOST), USUAL).limit())
        .isEqualTo(8);
  }

  @Test
  void goodAnswers_growItBackByOneARound() {
    Pace halved = Pace.fixed(32).after(Samples.busy(BusyCause.THROTTLED), USUAL);

    // 32 answers to what was sent before come first.
    assertThat(times(halved, 32 + 16, Samples.patched("1"), USUAL).limit()).isEqualTo(17);
    assertThat(times(halved, 32 + 33, Samples.patched("1"), USUAL).limit()).isEqualTo(18);
  }

  @Test
  void manyGoodAnswers_neverGrowItAboveItsShare() {
    Pace halved = Pace.fixed(4).after(Samples.busy(BusyCause.THROTTLED), USUAL);

    assertThat(times(halved, 1000, Samples.patched("1"), USUAL).limit()).isEqualTo(4);
  }

  @Test
  void throttledForEver_neverFallsBelowOne() {
    assertThat(times(Pace.fixed(32), 500, Samples.busy(BusyCause.THROTTLED), USUAL).limit())
        .isOne();
  }

  @Test
  void refusalsAndDeletions_countAsGoodAnswers() {
    Pace halved = Pace.fixed(4).after(Samples.busy(BusyCause.THROTTLED), USUAL);

    assertThat(times(halved, 4 + 16, Samples.refused(ExceptionReason.FORBIDDEN), USUAL).limit())
        .isEqualTo(3);
  }

  private static Pace times(Pace pace, int times, PatchAnswer answer, Duration took) {
    Pace changed = pace;
    for (int time = 0; time < times; time++) {
      changed = changed.after(answer, took);
    }
    return changed;
  }
}
