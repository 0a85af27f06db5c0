package dev.rekey.app.functions;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Settings as they are found, and what is wrong with them so far. No value is quoted: one that is
 * in the wrong place may be a secret.
 */
final class Environment {
  private final Map<String, String> values;
  private final List<String> problems = new ArrayList<>();

  Environment(Map<String, String> values) {
    this.values = values;
  }

  /** A setting without spaces around it; empty if it is absent or blank. */
  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name)).map(String::strip).filter(text -> !text.isEmpty());
  }

  /**
   * A setting that is read; its default where it is absent or can't be read, which is a problem.
   *
   * @param expected the form, with an example
   */
  <T> T read(String name, T byDefault, String expected, Function<String, Optional<T>> parse) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return byDefault;
    }
    Optional<T> read = parse.apply(text.get());
    if (read.isEmpty()) {
      problem(name, "has another form; expected: " + expected);
    }
    return read.orElse(byDefault);
  }

  void problem(String name, String problem) {
    problems.add(name + " " + problem);
  }

  Iterable<String> names() {
    return values.keySet().stream().sorted().toList();
  }

  /**
   * Ends the reading.
   *
   * @throws InvalidSettings if there was a problem
   */
  void check() {
    if (!problems.isEmpty()) {
      throw new InvalidSettings(problems);
    }
  }
}
