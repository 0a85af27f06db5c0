package dev.rekey.reencryption;

import static dev.rekey.operation.Example.hash;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyIdHash;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadingTest {
  private static final String HOME = hash(1).label();
  private static final String OLD = hash(0).label();

  @Test
  void quietCount_isCertainOfAllThatItReadElsewhere() {
    Reading reading = Reading.of(counted(7, 2, 1, Samples.allCurrent(10)), HOME);

    assertThat(reading.secrets()).isEqualTo(10);
    assertThat(reading.foreign()).isEqualTo(Map.of(OLD, 2L, KeyIdHash.PLAIN.label(), 1L));
    assertThat(reading.atMost()).isEqualTo(3);
    assertThat(reading.certain()).isEqualTo(3);
  }

  @Test
  void othersReadToo_soManyFewerAreCertain() {
    Pass count = counted(9, 3, 0, Samples.allCurrent(10));

    assertThat(Reading.readByOthers(count)).isEqualTo(2);
    assertThat(Reading.of(count, HOME).certain()).isEqualTo(1);
  }

  @Test
  void othersReadMoreThanAllThatIsForeign_noneIsCertain() {
    assertThat(Reading.of(counted(20, 3, 0, Samples.allCurrent(10)), HOME).certain()).isZero();
  }

  @Test
  void deletedSecretsAndUnreadExceptions_wereNotRead() {
    Tally tally = new Tally(10, 0, 6, 3, 1, 6, 1);
    Pass count = counted(6, 1, 0, tally, ExceptionReason.FORBIDDEN);

    assertThat(Reading.of(count, HOME).secrets()).isEqualTo(6);
    assertThat(Reading.readByOthers(count)).isEqualTo(1);
  }

  @Test
  void fewerReadsThanSecrets_othersReadNone() {
    assertThat(Reading.readByOthers(counted(5, 0, 0, Samples.allCurrent(10)))).isZero();
  }

  @Test
  void noPlainReads_plainIsNotNamed() {
    assertThat(Reading.of(counted(10, 0, 0, Samples.allCurrent(10)), HOME).foreign()).isEmpty();
  }

  @Test
  void twoReadings_theLowerBoundOfEachKeyCounts() {
    Reading first = new Reading(10, Map.of("a", 3L, "b", 2L, "c", 1L), 1);
    Reading second = new Reading(9, Map.of("a", 2L, "b", 5L), 2);

    Reading both = first.and(second);

    assertThat(both.foreign()).isEqualTo(Map.of("a", 2L, "b", 2L));
    assertThat(both.secrets()).isEqualTo(9);
    assertThat(both.certain()).isEqualTo(2);
  }

  private static Pass counted(long home, long old, long plain, Tally tally) {
    return ended(home, old, plain, tally, ExceptionCounts.NONE);
  }

  private static Pass counted(
      long home, long old, long plain, Tally tally, ExceptionReason exception) {
    return ended(home, old, plain, tally, ExceptionCounts.of(Samples.exceptions(exception, 1)));
  }

  private static Pass ended(
      long home, long old, long plain, Tally tally, ExceptionCounts exceptions) {
    return Passes.of("count", PassKind.COUNT, hash(1))
        .ended(
            new Samples[] {
              Samples.of("a").reads(hash(1), 100 + home).reads(hash(0), old).plain(plain, 0),
              Samples.of("b").reads(hash(1), 100)
            },
            tally,
            exceptions);
  }
}
