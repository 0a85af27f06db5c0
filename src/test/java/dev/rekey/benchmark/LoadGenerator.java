package dev.rekey.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.testbed.Binaries;
import java.util.List;

/** The bare Go program of {@code src/testbed/load-generator}: as fast as a client can be. */
final class LoadGenerator implements Client {
  @Override
  public String name() {
    return "load-generator";
  }

  @Override
  public List<Phase> run(Stage stage, ProcessWatch watch) {
    String said =
        stage.run(
            List.of(
                Binaries.loadGenerator().toString(),
                "-kubeconfig",
                stage.rekeyKubeconfig().toString(),
                "-in-flight",
                String.valueOf(stage.inFlight())),
            watch);
    JsonNode phases = LastLine.json(said).path("phases");
    return List.of(phase(name(), phases.get(0)), phase(name() + "-proof", phases.get(1)));
  }

  private static Phase phase(String name, JsonNode told) {
    return new Phase(name, LastLine.instant(told, "startedAt"), LastLine.instant(told, "endedAt"));
  }
}
