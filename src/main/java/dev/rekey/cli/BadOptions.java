package dev.rekey.cli;

import java.util.ArrayList;
import java.util.List;

/** All options whose values can't be used, so that they are told at once. */
final class BadOptions {
  private final List<BadOption> all = new ArrayList<>();

  void add(String option, String expected) {
    all.add(new BadOption(option, expected));
  }

  boolean areAny() {
    return !all.isEmpty();
  }

  /**
   * Goes on if all is well.
   *
   * @throws BadOption with a line for each
   */
  void refuse() {
    if (!all.isEmpty()) {
      throw new BadOption(all);
    }
  }
}
