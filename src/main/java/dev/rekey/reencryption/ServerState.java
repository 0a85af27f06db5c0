package dev.rekey.reencryption;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which process of an API server ran, with which encryption configuration.
 *
 * @param replica the {@code apiserver_id_hash} of the server
 * @param configurationHash null if the server does not tell
 */
public record ServerState(
    String replica, Instant processStart, @Nullable String configurationHash) {

  static ServerState of(ReplicaSample sample) {
    return new ServerState(sample.replica(), sample.processStart(), sample.configurationHash());
  }

  /** Whether a sample is of the same process, with the same configuration. */
  boolean isStill(ReplicaSample sample) {
    return replica.equals(sample.replica())
        && processStart.equals(sample.processStart())
        && Objects.equals(configurationHash, sample.configurationHash());
  }
}
