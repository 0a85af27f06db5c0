package dev.rekey.benchmark;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was measured of one phase, by the name that each figure has in the report; the names say the
 * unit.
 */
record Figures(Map<String, Double> byName) {
  static final String RATE = "secretsPerSecond";
  static final String SECONDS = "seconds";
  static final String SERVER_CPU = "apiServerCpuSecondsPer1000";
  static final String CLIENT_CPU = "clientCpuSecondsPer1000";
  static final String MEMORY = "peakMemoryMegabytes";
  static final String INNOCENT = "innocentP99Millis";
  static final String REQUESTS = "requestsOfTheWholeRun";
  static final String VAULT_CALLS = "vaultCallsOfTheWholeRun";

  Figures {
    byName = new LinkedHashMap<>(byName);
  }

  double get(String name) {
    return byName.get(name);
  }

  /** Each figure's own median: of two runs the mean of both. */
  static Figures median(List<Figures> runs) {
    Map<String, Double> medians = new LinkedHashMap<>();
    for (String name : runs.get(0).byName().keySet()) {
      medians.put(name, Quantile.median(runs.stream().map(run -> run.get(name)).toList()));
    }
    return new Figures(medians);
  }
}
