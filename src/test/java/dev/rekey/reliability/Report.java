package dev.rekey.reliability;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the sweeps of this run came to, printed and written to {@code
 * target/reliability/report.json}.
 */
public final class Report {
  static final Path FILE = Path.of("target", "reliability", "report.json");
  private static final Set<String> SITES = new TreeSet<>();
  private static final Map<String, Object> FIGURES = new TreeMap<>();

  private Report() {}

  public static synchronized void sites(Collection<String> sites) {
    SITES.addAll(sites);
    FIGURES.put("callSites", SITES.size());
    write();
  }

  public static synchronized void add(String figure, long runs, int violations) {
    FIGURES.merge(figure, runs, (one, other) -> (long) one + (long) other);
    FIGURES.merge("violations", (long) violations, (one, other) -> (long) one + (long) other);
    write();
  }

  public static synchronized void set(String figure, Object value) {
    FIGURES.put(figure, value);
    write();
  }

  /** A figure that is true only if it is so every time. */
  public static synchronized void holds(String figure, boolean so) {
    FIGURES.merge(figure, so, (one, other) -> (boolean) one && (boolean) other);
    write();
  }

  public static void say(String line, Object... values) {
    System.out.printf("reliability: " + line + "%n", values);
  }

  private static void write() {
    try {
      Files.createDirectories(FILE.getParent());
      new JsonMapper().writerWithDefaultPrettyPrinter().writeValue(FILE.toFile(), FIGURES);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
