package dev.rekey.kubernetes;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One sample in Prometheus' text format 0.0.4.
 *
 * @param labels by name, escapes undone
 */
record MetricLine(String name, Map<String, String> labels, double value) {

  /** Every whole number up to 2^53 is a double. */
  static final long MOST = 1L << 53;

  private static final double END_OF_TIME = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  /**
   * @throws NotUnderstood if it isn't one
   */
  static MetricLine parse(String line) throws NotUnderstood {
    int brace = line.indexOf('{');
    Map<String, String> labels = new LinkedHashMap<>();
    int end = brace < 0 ? line.indexOf(' ') : new Labels(line, brace + 1, labels).read();
    if (end < 0) {
      throw new NotUnderstood("a metric has no value");
    }
    String name = line.substring(0, brace < 0 ? end : brace).strip();
    return new MetricLine(name, labels, number(line.substring(end).strip().split(" ", 2)[0]));
  }

  private static double number(String text) throws NotUnderstood {
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException none) {
      // Below.
    }
    throw new NotUnderstood("a metric's value is no number");
  }

  String label(String label) {
    return labels.getOrDefault(label, "");
  }

  boolean has(String label, String expected) {
    return label(label).equals(expected);
  }

  /**
   * The value as a count.
   *
   * @throws NotUnderstood if it is below zero, or not exact any more
   */
  long count() throws NotUnderstood {
    if (value < 0 || value > MOST) {
      throw new NotUnderstood("a metric that counts has no count");
    }
    return (long) value;
  }

  /**
   * The value as seconds since 1970.
   *
   * @throws NotUnderstood if it is no time of the years from 1970 to 9999
   */
  Instant time() throws NotUnderstood {
    if (value < 0 || value >= END_OF_TIME) {
      throw new NotUnderstood("a metric that tells a time has none");
    }
    long seconds = (long) Math.floor(value);
    return Instant.ofEpochSecond(seconds, Math.round((value - seconds) * 1e6) * 1000);
  }

  /** Reads {@code a="x",b="y"}} up to the closing brace. */
  private static final class Labels {
    private final String line;
    private final Map<String, String> labels;
    private int at;

    Labels(String line, int start, Map<String, String> labels) {
      this.line = line;
      this.at = start;
      this.labels = labels;
    }

    /** The index after the closing brace. */
    int read() throws NotUnderstood {
      while (peek() != '}') {
        int equals = line.indexOf('=', at);
        if (equals < 0) {
          throw new NotUnderstood("a metric's labels are cut off");
        }
        String label = line.substring(at, equals).strip();
        at = equals + 1;
        labels.put(label, quoted());
        while (peek() == ',' || peek() == ' ') {
          at++;
        }
      }
      return at + 1;
    }

    private String quoted() throws NotUnderstood {
      while (peek() == ' ') {
        at++;
      }
      if (next() != '"') {
        throw new NotUnderstood("a metric's label has no quotes");
      }
      StringBuilder text = new StringBuilder();
      for (char c = next(); c != '"'; c = next()) {
        text.append(c == '\\' ? unescaped(next()) : c);
      }
      return text.toString();
    }

    private static char unescaped(char c) {
      return c == 'n' ? '\n' : c;
    }

    private char next() throws NotUnderstood {
      char c = peek();
      at++;
      return c;
    }

    private char peek() throws NotUnderstood {
      if (at >= line.length()) {
        throw new NotUnderstood("a metric's labels are cut off");
      }
      return line.charAt(at);
    }
  }
}
