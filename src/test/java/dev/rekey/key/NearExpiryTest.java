package dev.rekey.key;

import static dev.rekey.operation.Example.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearExpiryTest {

  @ParameterizedTest
  @CsvSource({
    "30, within-30-days",
    "14, within-14-days",
    "7, within-7-days",
    "3, within-3-days",
    "1, within-1-day"
  })
  void eachStep_beginsSoManyDaysBefore(int days, String token) {
    Duration before = Duration.ofDays(days);

    assertThat(of(before)).map(NearExpiry::token).contains(token);
    assertThat(of(before.plusSeconds(1))).map(NearExpiry::token).isNotEqualTo(Optional.of(token));
  }

  @Test
  void furtherAway_isNotNear() {
    assertThat(of(Duration.ofDays(30).plusSeconds(1))).isEmpty();
  }

  private static Optional<NearExpiry> of(Duration left) {
    return NearExpiry.of(NOW.plus(left), NOW);
  }
}
