package dev.rekey.testbed.functionshost.worker;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What happened that the real host would not get over by itself. */
public final class Health {
  private final List<String> troubles = new CopyOnWriteArrayList<>();

  void unwell(String trouble) {
    troubles.add(trouble);
  }

  /** Empty while all is well. */
  public List<String> troubles() {
    return troubles;
  }
}
