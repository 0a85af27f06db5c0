package dev.rekey.operation.preflight;

import dev.rekey.operation.NetworkAccess;
import java.time.Instant;

/** What is asked of the checks: may this change begin, as things stand around it? */
public record Question(Change change, Surroundings seen, Instant now) {

  Reading<ClusterSetup> cluster() {
    return seen.cluster().setup();
  }

  /** Whether the vault that must serve is reached over a private endpoint. */
  boolean isPrivate() {
    return change.serving().isOn() && change.serving().access() == NetworkAccess.PRIVATE;
  }
}
