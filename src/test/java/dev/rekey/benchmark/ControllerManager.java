package dev.rekey.benchmark;

import dev.rekey.testbed.Await;
import dev.rekey.testbed.Binaries;
import dev.rekey.testbed.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A real kube-controller-manager with the storage version migrator and what that needs. */
final class ControllerManager implements AutoCloseable {
  private static final Duration WITHIN = Duration.ofSeconds(90);

  /** The migrator works from the garbage collector's caches. */
  private static final String CACHES_ARE_FILLED = "resource monitors have synced";

  private final ChildProcess process;
  private final Path log;

  private ControllerManager(ChildProcess process, Path log) {
    this.process = process;
    this.log = log;
  }

  static ControllerManager start(Stage stage) {
    Path log = stage.newFolder("kube-controller-manager").resolve("output.log");
    List<String> command =
        List.of(
            Binaries.kubeControllerManager().toString(),
            "--kubeconfig=" + stage.adminKubeconfig(),
            "--feature-gates=StorageVersionMigrator=true",
            "--controllers=storage-version-migrator-controller,garbage-collector-controller",
            "--leader-elect=false",
            "--secure-port=0");
    return new ControllerManager(ChildProcess.start(command, log), log);
  }

  long pid() {
    return process.pid();
  }

  void awaitCaches() {
    Await.until(
        "controller manager's caches are filled",
        WITHIN,
        () -> !process.isAlive() || log().contains(CACHES_ARE_FILLED),
        process::lastLines);
    if (!process.isAlive()) {
      throw new IllegalStateException("it has ended:\n" + process.lastLines());
    }
  }

  private String log() {
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
