package dev.rekey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationOptionTest {
  @ParameterizedTest
  @CsvSource({"30m, 1800", "1h30m, 5400", "45s, 45", "12h, 43200", "PT30M, 1800", "P1D, 86400"})
  void bothForms_areRead(String text, long seconds) {
    assertThat(new DurationOption().convert(text)).isEqualTo(Duration.ofSeconds(seconds));
  }
}
