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

  boolean has(String name) {
    return heard.stream().anyMatch(signal -> signal.name().equals(name));
  }
}
