package dev.rekey.cli;

import java.util.List;
import java.util.stream.Collectors;

/** An option whose value can't be used. The message names it, the expected form and an example. */
final class BadOption extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  BadOption(String option, String expected) {
    super(option + ": expected " + expected);
  }

  /** Several at once, a line for each. */
  BadOption(List<BadOption> all) {
    super(all.stream().map(BadOption::getMessage).collect(Collectors.joining("\n")));
  }
}
