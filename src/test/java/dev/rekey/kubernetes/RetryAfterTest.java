package dev.rekey.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

  @Test
  void secondsAreSeconds() {
    assertThat(RetryAfter.parse(" 7 ", NOW)).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void aDateIsTheTimeUntilThenAndNeverNegative() {
    assertThat(RetryAfter.parse("Tue, 24 Nov 2026 08:00:30 GMT", NOW))
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(RetryAfter.parse("Tue, 24 Nov 2026 07:00:30 GMT", NOW)).isEqualTo(Duration.ZERO);
  }

  @Test
  void anythingElseIsNoWish() {
    assertThat(RetryAfter.parse(null, NOW)).isNull();
    for (String header : new String[] {"", "-1", "soon", "1e9", "99999999999999999999"}) {
      assertThat(RetryAfter.parse(header, NOW)).as(header).isNull();
    }
  }
}
