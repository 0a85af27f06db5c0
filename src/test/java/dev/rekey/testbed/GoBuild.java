package dev.rekey.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Builds one Go module into a file, once, however many test runs ask for it at the same time. */
final class GoBuild {
  private static final int MAX_MINUTES = 30;

  private final Path module;

  private GoBuild(Path module) {
    this.module = module;
  }

  static GoBuild of(Path module) {
    return new GoBuild(module);
  }

  /** Returns once {@code binary} is there, built by us or by another process meanwhile. */
  void into(Path binary) {
    try {
      Files.createDirectories(binary.getParent());
      Path lock = binary.resolveSibling("lock");
      try (FileChannel channel =
          FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        channel.lock();
        if (!Files.isExecutable(binary)) {
          build(binary);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A build that is cut short must never leave something that looks like a binary. */
  private void build(Path binary) throws IOException {
    System.err.printf("testbed: building %s from %s, minutes the first time%n", binary, module);
    Path partial = binary.resolveSibling(binary.getFileName() + ".partial");
    Path log = binary.resolveSibling("build.log");
    run(List.of("go", "build", "-trimpath", "-o", partial.toString(), "."), log);
    Files.move(partial, binary, StandardCopyOption.ATOMIC_MOVE);
  }

  private void run(List<String> command, Path log) throws IOException {
    Process process = started(command, log);
    try {
      if (!process.waitFor(MAX_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new IllegalStateException(
            "building %s failed; the last lines of %s:%n%s"
                .formatted(module, log, ChildProcess.lastLines(log)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while building " + module, e);
    } finally {
      process.destroyForcibly();
    }
  }

  private Process started(List<String> command, Path log) throws IOException {
    if (!ChildProcess.onPath("go")) {
      throw new IllegalStateException(
          "no go on the PATH, which builds %s: install Go. Instead of the newest kube-apiserver and of"
                  .formatted(module)
              + " etcd, KUBEBUILDER_ASSETS may name a folder (setup-envtest installs one)");
    }
    return new ProcessBuilder(nice(command))
        .directory(module.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  /** The build takes every core for minutes, so it steps back behind whatever else runs. */
  private static List<String> nice(List<String> command) {
    if (!ChildProcess.onPath("nice")) {
      return command;
    }
    List<String> nice = new ArrayList<>(List.of("nice", "-n", "10"));
    nice.addAll(command);
    return nice;
  }
}
