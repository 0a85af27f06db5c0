package dev.rekey.app.simulated.fleet;

import dev.rekey.service.port.Signals;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the engine tells: what people are alerted of is kept, by day. */
final class FleetSignals implements Signals {
  /** What is told of a fleet in order, again and again. */
  private static final Set<String> ROUTINE =
      Set.of(
          "rotation-not-begun",
          "message-dropped",
          "operation-ended",
          "phase-ended",
          "start-declined",
          "key-event-ignored",
          "key-version-created");

  private final InstantSource time;
  private final Map<YearMonth, Map<String, Set<LocalDate>>> days = new TreeMap<>();
  private final List<String> broken = new ArrayList<>();

  FleetSignals(InstantSource time) {
    this.time = time;
  }

  @Override
  public void count(String name, String reason) {
    if (ROUTINE.contains(name)) {
      return;
    }
    if (name.equals("promise-broken")) {
      broken.add(reason);
    }
    LocalDate today = LocalDate.ofInstant(time.instant(), ZoneOffset.UTC);
    days.computeIfAbsent(YearMonth.from(today), unused -> new TreeMap<>())
        .computeIfAbsent(name + " " + reason, unused -> new HashSet<>())
        .add(today);
  }

  /** The promises that the engine itself has found broken. */
  List<String> broken() {
    return List.copyOf(broken);
  }

  /** On how many days of a month each was told. */
  Map<String, Integer> days(YearMonth month) {
    Map<String, Integer> counts = new TreeMap<>();
    days.getOrDefault(month, Map.of()).forEach((signal, on) -> counts.put(signal, on.size()));
    return counts;
  }
}
