package dev.rekey.reencryption;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** A pace beside servers of which it is known how many requests they work on at a time. */
class AdaptivePaceTest {
  private static final Duration CALM = Duration.ofMillis(2);

  @Test
  void begins_low() {
    assertThat(Pace.adaptive(32).limit()).isEqualTo(2);
    assertThat(Pace.adaptive(1).limit()).isOne();
  }

  @Test
  void nothingWaits_growsToItsShareAndNoFurther() {
    assertThat(settled(Pace.adaptive(32), limit -> CALM).limit()).isEqualTo(32);
    assertThat(settled(Pace.adaptive(8), limit -> CALM).limit()).isEqualTo(8);
  }

  @Test
  void serverWorksOnTwoAtATime_fewWait() {
    Pace pace = settled(Pace.adaptive(32), limit -> working(2, 2, limit));

    assertThat(pace.limit()).isBetween(5, 7);
  }

  @Test
  void sameServerBehindALongWay_theWayIsFilled() {
    Pace pace = settled(Pace.adaptive(64), limit -> working(2, 2, limit).plusMillis(10));

    // 12 ms for each of them, of which the two processors are busy for 1 ms: 12 at least.
    assertThat(pace.limit()).isBetween(14, 21);
  }

  @Test
  void serverGetsHalfAsFast_fewerAreInFlight() {
    Pace fast = settled(Pace.adaptive(32), limit -> working(8, 2, limit));
    Pace slow = settled(fast, limit -> working(2, 2, limit));

    assertThat(slow.limit()).isLessThan(fast.limit()).isBetween(5, 7);
  }

  @Test
  void wayGetsLongerForGood_itIsTheNewUsualOneAfterAWhile() {
    Pace near = settled(Pace.adaptive(32), limit -> CALM);
    Pace far = times(near, 100, Duration.ofMillis(40));
    assertThat(far.limit()).isLessThan(10);

    assertThat(settled(far, limit -> Duration.ofMillis(40)).limit()).isGreaterThan(24);
  }

  @Test
  void latencyRisesSharply_halvesAtTheEndOfTheRound() {
    Pace calm = settled(Pace.adaptive(32), limit -> CALM);

    Pace slow = times(calm, 32, Duration.ofMillis(300));

    assertThat(slow.limit()).isEqualTo(16);
  }

  @Test
  void throttled_halvesAndThenGrowsByOneARound() {
    Pace calm = settled(Pace.adaptive(32), limit -> CALM);
    Pace halved = calm.after(Samples.busy(BusyCause.THROTTLED), CALM);
    assertThat(halved.limit()).isEqualTo(16);

    assertThat(times(halved, 32 + 17, CALM).limit()).isEqualTo(17);
  }

  @Test
  void serverNeverCalmsDown_oneGoesOn() {
    Pace pace = Pace.adaptive(32);
    for (int answer = 0; answer < 500; answer++) {
      pace = pace.after(Samples.busy(BusyCause.TIMED_OUT), CALM);
    }

    assertThat(pace.limit()).isOne();
  }

  /** Latency with processors that take a time for each and let the rest wait. */
  private static Duration working(int processors, int millis, int limit) {
    return Duration.ofNanos((long) (millis * 1e6 * Math.max(1, limit / (double) processors)));
  }

  private static Pace settled(Pace pace, IntFunction<Duration> server) {
    Pace changed = pace;
    for (int answer = 0; answer < 3000; answer++) {
      changed = changed.after(Samples.patched("1"), server.apply(changed.limit()));
    }
    return changed;
  }

  private static Pace times(Pace pace, int times, Duration took) {
    Pace changed = pace;
    for (int time = 0; time < times; time++) {
      changed = changed.after(Samples.patched("1"), took);
    }
    return changed;
  }
}
