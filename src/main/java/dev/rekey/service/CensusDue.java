package dev.rekey.service;

import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Route;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Begins a census of a cluster whose Secrets haven't been counted for long. */
final class CensusDue {
  private static final Origin ORIGIN =
      new Origin(Origin.Trigger.TIMER, "rekey", "the last count is too long ago");

  private final Ports ports;
  private final Conduct conduct;

  /**
   * When a count of each cluster was last seen to have ended. What has ended stays so: until that
   * is long ago, nobody has to read all its operations again at every tick.
   */
  private final Map<ClusterName, Instant> lastEnded = new ConcurrentHashMap<>();

  CensusDue(Ports ports, Conduct conduct) {
    this.ports = ports;
    this.conduct = conduct;
  }

  void consider(ManagedCluster cluster) {
    Period every = conduct.censusEvery();
    boolean ours = cluster.experience() == KmsExperience.VERSIONED_KEY;
    if (every != null && ours && isDue(cluster.name(), every)) {
      cluster
          .settings(conduct.cloud())
          .map(Route::staying)
          .ifPresent(
              route -> new StartOperation(ports).start(cluster.name(), Kind.CENSUS, route, ORIGIN));
    }
  }

  /** A rotation and a rewrite end with a count as well. A refused one isn't tried sooner. */
  private boolean isDue(ClusterName cluster, Period every) {
    Instant since = ports.time().instant().atZone(ZoneOffset.UTC).minus(every).toInstant();
    if (lastEnded.getOrDefault(cluster, Instant.EPOCH).isAfter(since)) {
      return false;
    }
    Instant last =
        ports.records().operations(cluster).stream()
            .map(CensusDue::endedAt)
            .max(Comparator.naturalOrder())
            .orElse(Instant.EPOCH);
    lastEnded.put(cluster, last);
    return !last.isAfter(since);
  }

  private static Instant endedAt(Operation operation) {
    Ending ending = operation.progress().ending();
    boolean counts =
        ending != null
            && (ending.outcome() == Ending.Outcome.COMPLETED || operation.kind() == Kind.CENSUS);
    return counts ? Objects.requireNonNull(ending).at() : Instant.EPOCH;
  }
}
