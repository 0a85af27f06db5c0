package dev.rekey.benchmark;

import dev.rekey.testbed.Binaries;
import java.time.Instant;
import java.util.List;

/** What Kubernetes' own documentation says to do: read every Secret and write it back. */
final class KubectlReplace implements Client {
  private static final String PIPE =
      "\"$0\" --kubeconfig \"$1\" --cache-dir \"$2\" get secrets -A -o json"
          + " | \"$0\" --kubeconfig \"$1\" --cache-dir \"$2\" replace -f -";

  @Override
  public String name() {
    return "kubectl-replace";
  }

  @Override
  public List<Phase> run(Stage stage, ProcessWatch watch) {
    List<String> command =
        List.of(
            "sh",
            "-c",
            PIPE,
            Binaries.kubectl().toString(),
            stage.adminKubeconfig().toString(),
            stage.newFolder("kubectl").toString());
    Instant started = Instant.now();
    stage.run(command, watch);
    return List.of(new Phase(name(), started, Instant.now()));
  }
}
