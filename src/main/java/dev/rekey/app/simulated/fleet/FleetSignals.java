package dev.rekey.app.simulated.fleet;

import dev.rekey.fleet.AlertName;
import dev.rekey.service.port.Signals;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the engine tells: the alerts that it raises are counted by month. */
final class FleetSignals implements Signals {
  private static final Set<String> ALERTS =
      Arrays.stream(AlertName.values()).map(AlertName::token).collect(Collectors.toSet());

  private final InstantSource time;
  private final Map<YearMonth, Map<String, Integer>> raised = new TreeMap<>();
  private final List<String> broken = new ArrayList<>();

  FleetSignals(InstantSource time) {
    this.time = time;
  }

  @Override
  public void count(String name, String reason) {
    if (name.equals("promise-broken")) {
      broken.add(reason);
    } else if (ALERTS.contains(name)) {
      raised
          .computeIfAbsent(
              YearMonth.from(time.instant().atZone(ZoneOffset.UTC)), unused -> new TreeMap<>())
          .merge(name, 1, Integer::sum);
    }
  }

  /** The promises that the engine itself has found broken. */
  List<String> broken() {
    return List.copyOf(broken);
  }

  /** How often each was raised in a month. */
  Map<String, Integer> raised(YearMonth month) {
    return raised.getOrDefault(month, Map.of());
  }
}
