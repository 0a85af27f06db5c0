package dev.rekey.simulation.cluster;

import dev.rekey.simulation.cluster.replica.SimulatedReplica;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A connection to one process of one API server; it breaks when that process ends. */
public record Connection(SimulatedReplica replica, @Nullable Instant processStart) {

  /** Null if no API server is running. */
  public static @Nullable Connection open(LoadBalancer loadBalancer) {
    SimulatedReplica replica = loadBalancer.connect();
    return replica == null ? null : new Connection(replica, replica.processStart());
  }

  public boolean isBroken() {
    return !replica.isAlive() || !Objects.equals(processStart, replica.processStart());
  }
}
