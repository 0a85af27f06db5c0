package dev.rekey.benchmark;

import dev.rekey.testbed.ChildProcess;
import dev.rekey.testbed.Testbed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The cluster, and the way to it.
 *
 * @param url where clients reach it: the API server itself, or a proxy before it
 * @param inFlight requests at a time, for clients that can be told
 */
record Stage(Testbed testbed, String url, int inFlight) {

  Path adminKubeconfig() {
    return testbed.kubeconfig(testbed.admin(), url);
  }

  /** For a client that needs no more rights than Rekey has. */
  Path rekeyKubeconfig() {
    return testbed.kubeconfig(testbed.rekey(), url);
  }

  Path newFolder(String name) {
    try {
      return Files.createTempDirectory(testbed.folder(), name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a command to its end and returns all that it said. */
  String run(List<String> command, ProcessWatch watch) {
    Path log = newFolder("client").resolve("output.log");
    ChildProcess child = ChildProcess.start(command, log);
    watch.follow(child.pid());
    int code = child.await();
    String said = read(log);
    if (code != 0) {
      throw new IllegalStateException(
          "exit code %d of %s:%n%s".formatted(code, command.get(0), last(said)));
    }
    return said;
  }

  private static String last(String said) {
    return said.substring(Math.max(0, said.length() - 2000));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
