package dev.rekey.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

class WindowTagFuzzTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  /** What can be read opens within a week and a day, and stays what it is. */
  @FuzzTest
  void anyText_isAWindowOrNone(byte[] input) {
    WindowTag.parse(new String(input, StandardCharsets.UTF_8)).ifPresent(WindowTagFuzzTest::check);
  }

  private static void check(Window window) {
    Instant opens = window.openFrom(NOW).orElseThrow();

    assertThat(opens).isBetween(NOW, NOW.plus(Duration.ofDays(15)));
    assertThat(window.isOpen(opens)).isTrue();
    assertThat(window.openFrom(opens)).contains(opens);
  }
}
