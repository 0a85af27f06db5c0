package dev.rekey.reliability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Puts what the last sweeps came to into docs/reliability.md: the table of figures, and the
 * museum's.
 *
 * <pre>
 * mvn -q test -Dtest='dev.rekey.reliability.**' exec:java -Dexec.classpathScope=test \
 *   -Dexec.mainClass=dev.rekey.reliability.WriteFigures -Dexec.args="'2026-11-30, 2 cores'"
 * </pre>
 *
 * The argument says when that was, and on what machine.
 */
public final class WriteFigures {
  private static final Path PAGE = Path.of("docs", "reliability.md");
  private static final String FIGURES = "| measured |";
  private static final String MUSEUM = "| accident |";

  private WriteFigures() {}

  public static void main(String[] measured) throws IOException {
    JsonNode report = new JsonMapper().readTree(Files.readString(Report.FILE));
    List<String> lines = Files.readAllLines(PAGE);
    lines = withTable(lines, FIGURES, figures(report, String.join(" ", measured)));
    lines = withTable(lines, MUSEUM, exhibits(report));
    Files.write(PAGE, lines);
  }

  private static List<String> figures(JsonNode report, String measured) {
    return List.of(
        FIGURES + " " + measured + " |",
        "| --- | ---: |",
        row("places in the code at which a call can fail", report, "callSites"),
        row("runs with a crash or a lost answer", report, "crashRuns"),
        row("runs with another single fault", report, "errorRuns"),
        row("orders of events", report, "eventOrders"),
        row("pairs of faults", report, "pairRuns"),
        row("pairs that there are", report, "pairsInAll"),
        row("random worlds", report, "worlds"),
        row("the museum's accidents, found out", report.path("museum"), "caught"),
        row("promises broken", report, "violations"));
  }

  private static String row(String what, JsonNode of, String figure) {
    JsonNode value = of.path(figure);
    if (!value.isIntegralNumber()) {
      throw new IllegalStateException("the last sweeps left no " + figure + " in " + Report.FILE);
    }
    return "| " + what + " | " + String.format(Locale.ROOT, "%,d", value.asLong()) + " |";
  }

  private static List<String> exhibits(JsonNode report) {
    List<String> table = new ArrayList<>();
    table.add("| accident | source | world that finds it | promise |");
    table.add("|---|---|---|---|");
    report.at("/museum/rows").forEach(row -> table.add(row.asText()));
    return table;
  }

  /** With this table in place of the one whose head begins so. */
  private static List<String> withTable(List<String> lines, String head, List<String> table) {
    int begin = 0;
    while (!lines.get(begin).startsWith(head)) {
      begin++;
    }
    int end = begin;
    while (end < lines.size() && lines.get(end).startsWith("|")) {
      end++;
    }
    List<String> changed = new ArrayList<>(lines.subList(0, begin));
    changed.addAll(table);
    changed.addAll(lines.subList(end, lines.size()));
    return changed;
  }
}
