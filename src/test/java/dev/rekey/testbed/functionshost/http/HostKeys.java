package dev.rekey.testbed.functionshost.http;

import dev.rekey.testbed.functionshost.HostOptions;
import java.util.Set;

/** Who may call what. */
record HostKeys(String master, String function, String eventGrid) {

  static HostKeys of(HostOptions options) {
    return new HostKeys(
        options.text("master-key", "master"),
        options.text("function-key", "function"),
        options.text("event-grid-key", ""));
  }

  /** By the level of an HTTP function; the master key opens all. */
  boolean open(String level, HostRequest request) {
    return switch (level) {
      case "ANONYMOUS" -> true;
      case "FUNCTION" -> Set.of(master, function).contains(request.key());
      default -> isMaster(request);
    };
  }

  boolean isMaster(HostRequest request) {
    return request.key().equals(master);
  }

  boolean mayDeliver(HostRequest request) {
    return eventGrid.isEmpty() || request.key().equals(eventGrid) || isMaster(request);
  }
}
