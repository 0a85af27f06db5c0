package dev.rekey.reencryption;

import static dev.rekey.operation.Example.hash;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What others read beside a count whose scrapes were taken 10 s and 100 s after it began. */
class QuietReadingTest {
  private static final String OLD = hash(0).label();
  private static final Instant FIRST = Passes.BEGUN.plusSeconds(6);
  private static final Instant LAST = Passes.BEGUN.plusSeconds(104);

  private final Pass count = Passes.of("count", PassKind.COUNT, hash(0)).clean();

  @Test
  void bothQuietTimes_areAddedUpPerSecond() {
    QuietReading quiet = new QuietReading(count.id(), scrape(FIRST, 96, 98), null);

    QuietReading.Others others = quiet.ended(scrape(LAST, 108, 106)).around(count);

    assertThat(others.seconds()).isEqualTo(8);
    assertThat(others.perSecond()).isEqualTo(Map.of(OLD, (6 + 4) / 8.0));
  }

  @Test
  void readingAfterwardsIsMissing_theOneBeforeCounts() {
    QuietReading quiet = new QuietReading(count.id(), scrape(FIRST, 96, 98), null);

    assertThat(quiet.around(count).seconds()).isEqualTo(4);
    assertThat(quiet.around(count).perSecond()).isEqualTo(Map.of(OLD, 1.5));
  }

  @Test
  void nobodyReads_noKeyIsNamed() {
    QuietReading quiet = new QuietReading(count.id(), scrape(FIRST, 100, 100), null);

    assertThat(quiet.around(count).seconds()).isEqualTo(4);
    assertThat(quiet.around(count).perSecond()).isEmpty();
  }

  @Test
  void interruptedBothTimes_nothingWasLookedAt() {
    QuietReading quiet =
        new QuietReading(count.id(), Samples.scrape(FIRST, Samples.of("a")), null)
            .ended(Samples.scrape(LAST, Samples.of("b")));

    assertThat(quiet.around(count)).isEqualTo(QuietReading.Others.NONE);
  }

  @Test
  void countHasNotBegun_nothingWasLookedAt() {
    QuietReading quiet = new QuietReading("c", scrape(FIRST, 1, 1), scrape(LAST, 2, 2));

    assertThat(quiet.around(Passes.of("count", PassKind.COUNT, hash(0)).listed()))
        .isEqualTo(QuietReading.Others.NONE);
  }

  @Test
  void countIsRunning_theTimeBeforeItCounts() {
    QuietReading quiet = new QuietReading("c", scrape(FIRST, 96, 98), scrape(LAST, 200, 200));

    assertThat(quiet.around(Passes.of("count", PassKind.COUNT, hash(0)).running()).seconds())
        .isEqualTo(4);
  }

  private static Scrape scrape(Instant at, long a, long b) {
    return Samples.scrape(at, Samples.of("a").reads(hash(0), a), Samples.of("b").reads(hash(0), b));
  }
}
