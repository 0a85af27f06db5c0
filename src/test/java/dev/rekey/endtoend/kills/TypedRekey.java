package dev.rekey.endtoend.kills;

import dev.rekey.testbed.Await;
import dev.rekey.testbed.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code rekey reencrypt} as somebody types it, in a process of its own. */
final class TypedRekey implements AutoCloseable {
  private static final Duration WORKS_WITHIN = Duration.ofSeconds(60);

  private final ChildProcess process;
  private final Path log;

  private TypedRekey(ChildProcess process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * @param log takes what it says, all of it
   */
  static TypedRekey start(Path kubeconfig, Path records, Path log) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", Path.of("target", "rekey", "lib").toAbsolutePath() + "/*"));
    command.addAll(List.of("dev.rekey.cli.Rekey", "reencrypt", "--output", "json"));
    command.addAll(List.of("--kubeconfig", kubeconfig.toString()));
    command.addAll(List.of("--records", records.toString()));
    return new TypedRekey(ChildProcess.start(command, log), log);
  }

  /** Waits until it has begun or taken up an operation, which it says, or has ended. */
  void awaitWork() {
    Await.until(
        "rekey at work",
        WORKS_WITHIN,
        () -> !process.isAlive() || !said().isBlank(),
        () -> "it has said nothing");
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Whether it ends by itself within this time. */
  boolean endsWithin(Duration time) {
    return process.endsWithin(time);
  }

  void kill9() {
    process.kill9();
  }

  /** Waits for its own end; its exit code. */
  int await() {
    return process.await();
  }

  String said() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.kill9();
  }
}
