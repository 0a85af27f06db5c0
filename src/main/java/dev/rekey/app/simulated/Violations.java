package dev.rekey.app.simulated;

import java.util.ArrayList;
import java.util.List;

/** The promises that were broken, each way of breaking one once. */
public final class Violations {
  private final List<String> found = new ArrayList<>();

  /**
   * Notes that a promise is broken.
   *
   * @param promise its number, such as {@code K2}
   */
  public void add(String promise, String what) {
    String line = promise + ": " + what;
    if (!found.contains(line)) {
      found.add(line);
    }
  }

  /** Notes it where it isn't kept. */
  public void check(boolean kept, String promise, String what) {
    if (!kept) {
      add(promise, what);
    }
  }

  public List<String> found() {
    return List.copyOf(found);
  }
}
