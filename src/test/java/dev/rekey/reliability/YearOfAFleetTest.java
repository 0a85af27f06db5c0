package dev.rekey.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.app.simulated.fleet.FleetShape;
import dev.rekey.app.simulated.fleet.FleetYear;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A year of fifty clusters on eight keys. */
@Timeout(value = 12, unit = TimeUnit.HOURS)
class YearOfAFleetTest {
  private static final int CLUSTERS = Integer.getInteger("reliability.fleet", 50);
  private static final long FIRST = Long.getLong("reliability.year", 1);

  @Test
  void aYearOfAFleet_everyClusterEndsProvedAndNoPromiseWasBroken() {
    long begun = System.nanoTime();

    FleetYear.Outcome outcome = FleetYear.of(new FleetShape(CLUSTERS, 365, FIRST));

    Report.say(
        "a year of %d clusters with the seed %d, %d s: %d rotations, %d outages, %d broke a promise",
        CLUSTERS,
        FIRST,
        (System.nanoTime() - begun) / 1_000_000_000,
        outcome.rotations(),
        outcome.outages(),
        outcome.violations().size());
    assertThat(outcome.violations()).isEmpty();
    assertThat(outcome.isAsPromised()).isTrue();
    assertThat(outcome.log()).hasSizeLessThanOrEqualTo(MOST_LINES);
  }

  /** About a page. */
  private static final int MOST_LINES = 100;
}
