package dev.rekey.testbed;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One scrape of {@code /metrics}, read without the product's parser so that it can check it. */
public record Metrics(String text) {

  /**
   * The sum of a metric's samples that carry all the given labels; 0 when there is none.
   *
   * @param labels each as {@code name="value"}
   */
  public double sum(String metric, String... labels) {
    return samples(metric, labels)
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** The values of one label over a metric's samples that carry all the given labels. */
  public Set<String> values(String label, String metric, String... labels) {
    Pattern value = Pattern.compile("[{,]" + Pattern.quote(label) + "=\"([^\"]*)\"");
    Set<String> values = new TreeSet<>();
    samples(metric, labels)
        .map(value::matcher)
        .filter(Matcher::find)
        .forEach(match -> values.add(match.group(1)));
    return values;
  }

  private Stream<String> samples(String metric, String... labels) {
    Predicate<String> hasLabels = line -> Arrays.stream(labels).allMatch(line::contains);
    return text.lines()
        .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
        .filter(hasLabels);
  }
}
