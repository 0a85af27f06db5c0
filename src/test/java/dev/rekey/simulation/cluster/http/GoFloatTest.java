package dev.rekey.simulation.cluster.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class GoFloatTest {

  @Test
  void numbersLookAsInRealMetrics() {
    assertThat(GoFloat.of(0)).isEqualTo("0");
    assertThat(GoFloat.of(2026)).isEqualTo("2026");
    assertThat(GoFloat.of(100_000)).isEqualTo("100000");
    assertThat(GoFloat.of(1_000_000)).isEqualTo("1e+06");
    assertThat(GoFloat.of(1_234_567)).isEqualTo("1.234567e+06");
    assertThat(GoFloat.of(Instant.parse("2026-11-24T08:20:45.690Z")))
        .isEqualTo("1.79550844569e+09");
  }
}
