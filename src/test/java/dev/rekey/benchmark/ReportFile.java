package dev.rekey.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code target/benchmark/report.json}. */
final class ReportFile {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double TO_THOUSANDTHS = 1000;

  private ReportFile() {}

  /**
   * One report: medians, all runs behind them, and ratios.
   *
   * @param where {@code clients} for those at the API server; a name of its own for each other way
   */
  static void add(ObjectNode report, String where, Contest contest) {
    Map<String, Figures> medians = contest.medians();
    ObjectNode clients = report.putObject(where);
    medians.forEach((phase, figures) -> put(clients.putObject(phase), figures.byName()));
    ObjectNode runs = report.withObjectProperty("runs").putObject(where);
    contest.runs().forEach((phase, all) -> rates(runs, phase, all));
    put(report.withObjectProperty("ratios").putObject(where), Ratios.of(medians));
  }

  private static void rates(ObjectNode runs, String phase, List<Figures> all) {
    all.forEach(run -> runs.withArrayProperty(phase).add(rounded(run.get(Figures.RATE))));
  }

  private static void put(ObjectNode object, Map<String, Double> values) {
    values.forEach((name, value) -> object.put(name, rounded(value)));
  }

  static double rounded(double value) {
    return Math.round(value * TO_THOUSANDTHS) / TO_THOUSANDTHS;
  }

  static Path write(ObjectNode report) {
    try {
      Path file = Path.of("target", "benchmark", "report.json").toAbsolutePath();
      Files.createDirectories(file.getParent());
      JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), report);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
