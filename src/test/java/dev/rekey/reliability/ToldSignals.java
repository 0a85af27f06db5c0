package dev.rekey.reliability;

import dev.rekey.service.port.Signals;
import java.util.ArrayList;
import java.util.List;

/** What the engine has told, by name and reason. */
final class ToldSignals implements Signals {
  private final List<String> told = new ArrayList<>();

  @Override
  public void count(String name, String reason) {
    told.add(name + " " + reason);
  }

  boolean has(String name, String reason) {
    return told.contains(name + " " + reason);
  }

  boolean has(String name) {
    return told.stream().anyMatch(signal -> signal.startsWith(name + " "));
  }
}
