package dev.rekey.app.simulated;

import java.util.ArrayList;
import java.util.List;

/** The promises that were broken, each way of breaking one once. */
final class Violations {
  private final List<String> found = new ArrayList<>();

  /**
   * Notes that a promise is broken.
   *
   * @param promise its number, such as {@code K2}
   */
  void add(String promise, String what) {
    String line = promise + ": " + what;
    if (!found.contains(line)) {
      found.add(line);
    }
  }

  void check(boolean kept, String promise, String what) {
    if (!kept) {
      add(promise, what);
    }
  }

  List<String> found() {
    return List.copyOf(found);
  }
}
