package dev.rekey.app.simulated;

import dev.rekey.service.port.Signals;
import java.util.ArrayList;
import java.util.List;

/** Every signal that the engine has given, whole. */
final class HeardSignals implements Signals {
  private final List<Signal> heard = new ArrayList<>();

  /**
   * One signal.
   *
   * @param detail empty where there is none
   */
  record Signal(String name, String reason, String detail) {}

  @Override
  public void count(String name, String reason) {
    tell(name, reason, "");
  }

  @Override
  public void tell(String name, String reason, String detail) {
    heard.add(new Signal(name, reason, detail));
  }

  List<Signal> all() {
    return List.copyOf(heard);
  }

  /** Whether one of this name speaks of it. */
  boolean hasTold(String name, Object about) {
    return howOftenTold(name, about) > 0;
  }

  /** How many of this name speak of it. */
  long howOftenTold(String name, Object about) {
    String text = about.toString();
    return heard.stream()
        .filter(signal -> signal.name().equals(name) && signal.detail().contains(text))
        .count();
  }

  boolean has(String name) {
    return heard.stream().anyMatch(signal -> signal.name().equals(name));
  }
}
