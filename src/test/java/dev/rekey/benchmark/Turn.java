package dev.rekey.benchmark;

import dev.rekey.testbed.Metrics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One client's turn: every Secret is made stale, the client runs, and all around is measured. Calls
 * of the vault count from before the API server's restart, since that is when it asks for data
 * keys.
 */
final class Turn {
  private static final double MEGABYTE = 1 << 20;

  private final Stage stage;
  private final Rotation rotation;
  private final int secrets;

  Turn(Stage stage, Rotation rotation, int secrets) {
    this.stage = stage;
    this.rotation = rotation;
    this.secrets = secrets;
  }

  /** The figures of each phase, by its name. */
  Map<String, Figures> of(Client client) {
    long vaultCalls = rotation.vaultCalls();
    rotation.makeAllStale();
    double requests = secretRequests();
    Map<String, Figures> figures = new LinkedHashMap<>();
    try (InnocentClient innocent = InnocentClient.start(stage.testbed());
        ProcessWatch watch = new ProcessWatch(stage.testbed().replica(0).pid())) {
      List<Phase> phases = client.run(stage, watch);
      Samples samples = watch.samples();
      double sent = secretRequests() - requests;
      double called = rotation.vaultCalls() - vaultCalls;
      for (Phase phase : phases) {
        figures.put(phase.name(), figures(phase, samples, innocent, sent, called));
      }
    }
    rotation.checkNoneIsStale(client.name());
    return figures;
  }

  private Figures figures(
      Phase phase, Samples samples, InnocentClient innocent, double sent, double called) {
    Map<String, Double> byName = new LinkedHashMap<>();
    byName.put(Figures.RATE, secrets / phase.seconds());
    byName.put(Figures.SECONDS, phase.seconds());
    byName.put(Figures.SERVER_CPU, per1000(samples.growth(Sample::serverCpu, phase)));
    byName.put(Figures.CLIENT_CPU, per1000(samples.growth(Sample::clientCpu, phase)));
    byName.put(Figures.MEMORY, samples.peakMemory() / MEGABYTE);
    byName.put(Figures.INNOCENT, innocent.p99Millis(phase));
    byName.put(Figures.REQUESTS, sent);
    byName.put(Figures.VAULT_CALLS, called);
    return new Figures(byName);
  }

  private double per1000(double seconds) {
    return seconds * 1000 / secrets;
  }

  /** As the API server counts them: lists and patches, reads and writes. */
  private double secretRequests() {
    Metrics metrics = stage.testbed().requests().metrics();
    return metrics.sum("apiserver_request_total", "resource=\"secrets\"");
  }
}
