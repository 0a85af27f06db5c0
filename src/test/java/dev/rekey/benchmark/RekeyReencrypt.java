package dev.rekey.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code rekey reencrypt}, as somebody types it, in a process of its own with the archive's own
 * options and a small heap.
 */
final class RekeyReencrypt implements Client {
  private final String suffix;
  private final boolean fixed;

  private RekeyReencrypt(String suffix, boolean fixed) {
    this.suffix = suffix;
    this.fixed = fixed;
  }

  /** With the stage's number in flight. */
  static RekeyReencrypt fixed() {
    return new RekeyReencrypt("", true);
  }

  /** With no option: what somebody gets who knows nothing about it. */
  static RekeyReencrypt paced() {
    return new RekeyReencrypt("-paced", false);
  }

  @Override
  public String name() {
    return "rekey" + suffix;
  }

  @Override
  public List<Phase> run(Stage stage, ProcessWatch watch) {
    Instant started = Instant.now();
    String said = stage.run(command(stage), watch);
    Phase whole = new Phase("rekey-command" + suffix, started, Instant.now());
    JsonNode evidence = LastLine.json(said);
    if (evidence.at("/proof/unchanged").asLong() != evidence.at("/secrets/discovered").asLong()) {
      throw new IllegalStateException("not all is proved:\n" + said);
    }
    Phase write = step(evidence, "write", "rekey-write" + suffix);
    Phase proof = step(evidence, "prove", "rekey-proof" + suffix);
    Phase both = new Phase("rekey-write-and-proof" + suffix, write.startedAt(), proof.endedAt());
    return List.of(write, proof, both, whole);
  }

  private List<String> command(Stage stage) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of(System.getProperty("benchmark.java.options", "").strip().split("\\s+")));
    command.removeIf(String::isEmpty);
    command.addAll(List.of("-cp", Path.of("target", "rekey", "lib").toAbsolutePath() + "/*"));
    command.addAll(List.of("dev.rekey.cli.Rekey", "reencrypt", "--output", "json"));
    command.addAll(List.of("--kubeconfig", stage.rekeyKubeconfig().toString()));
    command.addAll(List.of("--records", stage.newFolder("records").toString()));
    if (fixed) {
      command.addAll(List.of("--in-flight", String.valueOf(stage.inFlight())));
    }
    return command;
  }

  private static Phase step(JsonNode evidence, String step, String name) {
    for (JsonNode line : evidence.path("steps")) {
      if (line.path("step").asText().equals(step)) {
        return new Phase(
            name, LastLine.instant(line, "startedAt"), LastLine.instant(line, "endedAt"));
      }
    }
    throw new IllegalStateException("the evidence tells of no step " + step);
  }
}
