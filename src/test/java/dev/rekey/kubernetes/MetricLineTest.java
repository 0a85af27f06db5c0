package dev.rekey.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricLineTest {

  @Test
  void labelsLoseTheirEscapes() throws NotUnderstood {
    assertThat(MetricLine.parse("m{a=\"q\\\"}\",b=\"c\\\\d\",c=\"e\\nf\",d=\"\"} 2"))
        .isEqualTo(new MetricLine("m", Map.of("a", "q\"}", "b", "c\\d", "c", "e\nf", "d", ""), 2));
  }

  @Test
  void noLabelsATimestampSpacesAndATrailingCommaAreFine() throws NotUnderstood {
    assertThat(MetricLine.parse("m 1")).isEqualTo(new MetricLine("m", Map.of(), 1));
    assertThat(MetricLine.parse("m 1 1795508514000").value()).isEqualTo(1);
    assertThat(MetricLine.parse("m{ a = \"1\" , b=\"2\", } 3").labels())
        .isEqualTo(Map.of("a", "1", "b", "2"));
  }

  @Test
  void aTimeIsSecondsWithAFraction() throws NotUnderstood {
    assertThat(MetricLine.parse("m 1.7955086973768284e+09").time())
        .isEqualTo(Instant.parse("2026-11-24T08:24:57.376828Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "-1e300", "1e300", "9.1e15"})
  void whatIsNoCountIsRefusedAndNotRounded(String value) throws NotUnderstood {
    MetricLine line = MetricLine.parse("m " + value);

    assertThatThrownBy(line::count).isInstanceOf(NotUnderstood.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1e300", "-1e300", "253402300800"})
  void whatIsNoTimeOfOursIsRefused(String value) throws NotUnderstood {
    MetricLine line = MetricLine.parse("m " + value);

    assertThatThrownBy(line::time).isInstanceOf(NotUnderstood.class);
  }

  @Test
  void halfALineIsRefused() {
    for (String line :
        new String[] {
          "m",
          "m{",
          "m{a",
          "m{a=",
          "m{a=\"",
          "m{a=\"b",
          "m{a=\"b\\",
          "m{a=\"b\"",
          "m{a=\"b\"}",
          "m{a=b} 1"
        }) {
      assertThatThrownBy(() -> MetricLine.parse(line)).as(line).isInstanceOf(NotUnderstood.class);
    }
  }
}
