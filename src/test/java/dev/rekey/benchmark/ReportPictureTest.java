package dev.rekey.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class ReportPictureTest {
  private final ObjectNode report = new ObjectMapper().createObjectNode().put("secrets", 100);

  @Test
  void theFastestHasTheLongestBarAndAnotherItsShareOfIt() {
    client("kubectl-replace", 250, 10);
    client("rekey-write", 500, 70);

    String picture = ReportPicture.of(report);

    assertThat(picture).contains("width=\"440\"", "width=\"220\"", "500 (70 ms)", "250 (10 ms)");
  }

  @Test
  void whoDidNotTakePart_hasNoBar() {
    client("rekey-write", 500, 70);

    assertThat(ReportPicture.of(report))
        .doesNotContain("load-generator", "Over a round trip")
        .contains("At the API server");
  }

  private void client(String name, double rate, double p99) {
    report
        .withObjectProperty("clients")
        .putObject(name)
        .put(Figures.RATE, rate)
        .put(Figures.INNOCENT, p99);
  }
}
