package dev.rekey.testbed;

import java.io.File;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a command under a host name of its own. An API server's identity is a hash of the host name:
 * two on one machine would count as one.
 */
final class HostName {
  /** As root; else as an ordinary user where the kernel allows user namespaces. */
  private static final List<List<String>> WAYS =
      List.of(
          List.of("unshare", "--uts"), List.of("unshare", "--user", "--map-root-user", "--uts"));

  private static final List<String> WAY =
      WAYS.stream().filter(HostName::works).findFirst().orElse(List.of());

  private HostName() {}

  /** The command to start; one process all the way, so its id is that of {@code command}. */
  static List<String> around(String hostName, List<String> command) {
    if (WAY.isEmpty()) {
      throw new IllegalStateException(
          "two replicas on one machine need a host name each, and unshare --uts isn't allowed here:"
              + " run as root or with user namespaces, or use one replica");
    }
    List<String> wrapped = new ArrayList<>(WAY);
    wrapped.addAll(List.of("sh", "-c", "hostname \"$0\" && exec \"$@\"", hostName));
    // Once more inside: entering a user namespace clears the parent death signal.
    wrapped.addAll(ChildProcess.endingWithUs(command));
    return wrapped;
  }

  private static boolean works(List<String> way) {
    if (!ChildProcess.onPath("unshare") || !ChildProcess.onPath("hostname")) {
      return false;
    }
    List<String> probe = new ArrayList<>(way);
    probe.addAll(List.of("hostname", "probe"));
    return ChildProcess.start(probe, new File("/dev/null").toPath()).await() == 0;
  }
}
