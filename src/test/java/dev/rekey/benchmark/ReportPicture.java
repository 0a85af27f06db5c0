package dev.rekey.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code target/benchmark/report.svg}: Secrets per second as bars, and what others feel. */
final class ReportPicture {
  private static final List<String> SHOWN =
      List.of(
          "kubectl-replace",
          "storage-version-migration-patching",
          "rekey-write-paced",
          "rekey-write",
          "load-generator");
  private static final int LEFT = 250;
  private static final int LONGEST = 440;
  private static final int LINE = 24;
  private static final int TITLE = 40;
  private static final int WIDTH = 860;

  private final StringBuilder svg = new StringBuilder();
  private int y = TITLE;

  private ReportPicture() {}

  static String of(JsonNode report) {
    ReportPicture picture = new ReportPicture();
    picture.part(report.path("clients"), "At the API server");
    picture.part(report.path("roundTrip10ms"), "Over a round trip of 10 ms");
    return """
        <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="13">
        <rect width="100%%" height="100%%" fill="#ffffff"/>
        <text x="10" y="20" font-weight="bold">Secrets rewritten per second (p99 of somebody else's small read), %d Secrets</text>
        %s</svg>
        """
        .formatted(WIDTH, picture.y, report.path("secrets").asInt(), picture.svg);
  }

  private void part(JsonNode clients, String title) {
    double most = SHOWN.stream().mapToDouble(name -> rate(clients, name)).max().orElse(0);
    if (most == 0) {
      return;
    }
    y += LINE;
    svg.append("<text x=\"10\" y=\"%d\" fill=\"#555555\">%s</text>%n".formatted(y, title));
    for (String name : SHOWN) {
      if (rate(clients, name) > 0) {
        bar(clients, name, most);
      }
    }
    y += LINE;
  }

  private void bar(JsonNode clients, String name, double most) {
    y += LINE;
    double rate = rate(clients, name);
    String color = name.startsWith("rekey") ? "#0b6e4f" : "#8a8f98";
    svg.append(
        """
        <text x="%d" y="%d" text-anchor="end">%s</text>
        <rect x="%d" y="%d" width="%d" height="16" fill="%s"/>
        <text x="%d" y="%d">%.0f (%.0f ms)</text>
        """
            .formatted(
                LEFT - 10,
                y,
                name,
                LEFT,
                y - 13,
                Math.round(LONGEST * rate / most),
                color,
                LEFT + Math.round(LONGEST * rate / most) + 8,
                y,
                rate,
                clients.path(name).path(Figures.INNOCENT).asDouble()));
  }

  private static double rate(JsonNode clients, String name) {
    return clients.path(name).path(Figures.RATE).asDouble();
  }

  static Path write(JsonNode report) {
    try {
      Path file = Path.of("target", "benchmark", "report.svg").toAbsolutePath();
      Files.createDirectories(file.getParent());
      return Files.writeString(file, of(report));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
