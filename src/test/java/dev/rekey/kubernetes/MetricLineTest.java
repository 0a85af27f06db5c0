package dev.rekey.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
