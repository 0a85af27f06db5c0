package dev.rekey.size;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * {@code rekey reencrypt} as somebody types it, with {@code -Xmx128m}. Every few seconds a full
 * collection shows what of its heap is in use in truth.
 *
 * @param resident the most memory that it ever had of the machine, in MB
 */
record TypedReencrypt(JsonNode evidence, GcLog heap, long resident, Duration took) {
  private static final long COLLECT_EVERY_SECONDS = 3;

  static TypedReencrypt run(Path kubeconfig, Path folder) throws Exception {
    Path log = folder.resolve("gc.log");
    Path out = folder.resolve("evidence.json");
    Path progress = folder.resolve("progress.log");
    ProcessBuilder rekey =
        new ProcessBuilder(
                Path.of("target", "rekey", "bin", "rekey").toAbsolutePath().toString(),
                "reencrypt",
                "--in-flight",
                "32",
                "--output",
                "json",
                "--kubeconfig",
                kubeconfig.toString(),
                "--records",
                folder.resolve("records").toString())
            .redirectOutput(out.toFile())
            .redirectError(progress.toFile());
    rekey.environment().put("JAVA_HOME", System.getProperty("java.home"));
    rekey.environment().put("JAVA_OPTS", "-Xmx128m -Xlog:gc:file=" + log);
    Instant started = Instant.now();
    Process process = rekey.start();
    long resident = 0;
    try {
      while (!process.waitFor(COLLECT_EVERY_SECONDS, TimeUnit.SECONDS)) {
        collect(process.pid());
        resident = Math.max(resident, resident(process.pid()));
      }
    } finally {
      process.destroyForcibly();
    }
    Duration took = Duration.between(started, Instant.now());
    String said = Files.readString(out);
    if (process.exitValue() != 0) {
      throw new IllegalStateException(
          "exit code " + process.exitValue() + "\n" + said + Files.readString(progress));
    }
    return new TypedReencrypt(new ObjectMapper().readTree(said), new GcLog(log), resident, took);
  }

  private static void collect(long pid) throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    new ProcessBuilder(List.of(jcmd.toString(), Long.toString(pid), "GC.run"))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor(); // in vain if the process has just ended
  }

  private static long resident(long pid) {
    try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
          .findFirst()
          .orElse(0);
    } catch (IOException ended) {
      return 0;
    }
  }

  /** How long a step took, in seconds. */
  double seconds(String step) {
    for (JsonNode line : evidence.path("steps")) {
      if (line.path("step").asText().equals(step)) {
        Instant from = Instant.parse(line.path("startedAt").asText());
        return Duration.between(from, Instant.parse(line.path("endedAt").asText())).toMillis()
            / 1000.0;
      }
    }
    throw new IllegalStateException("no step " + step);
  }

  String figures() {
    return String.format(
        Locale.ROOT,
        "%d Secrets: heap at most %d MB, in use %d MB after %d full collections, resident %d MB;"
            + " write %.1f s, prove %.1f s, whole command %d s",
        evidence.at("/secrets/discovered").asLong(),
        heap.peak(),
        heap.live(),
        heap.fullCollections(),
        resident,
        seconds("write"),
        seconds("prove"),
        took.toSeconds());
  }
}
