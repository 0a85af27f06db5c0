package dev.rekey.aks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  @Test
  void secondsAndDates_areUnderstood() {
    assertThat(RetryAfter.parse(" 17 ", NOW)).isEqualTo(Duration.ofSeconds(17));
    assertThat(RetryAfter.parse("Sun, 01 Mar 2026 10:02:00 GMT", NOW))
        .isEqualTo(Duration.ofMinutes(2));
    assertThat(RetryAfter.parse("Sun, 01 Mar 2026 09:00:00 GMT", NOW)).isEqualTo(Duration.ZERO);
  }

  @Test
  void anythingElse_isNoAnswer() {
    assertThat(RetryAfter.parse(null, NOW)).isNull();
    assertThat(RetryAfter.parse("", NOW)).isNull();
    assertThat(RetryAfter.parse("-1", NOW)).isNull();
    assertThat(RetryAfter.parse("soon", NOW)).isNull();
    assertThat(RetryAfter.parse("99999999999999999999", NOW)).isNull();
  }
}
