package dev.rekey.service;

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
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Begins a census of a cluster whose Secrets haven't been counted for long: also where KMS is off,
 * or on a key of AKS' own. What the last census has found elsewhere than it should lie is rewritten
 * first.
 */
final class CensusDue {
  private static final Origin ORIGIN =
      new Origin(Origin.Trigger.TIMER, "rekey", "the last count is too long ago");

  private final Ports ports;
  private final Conduct conduct;
  private final RewriteForeign foreign;

  CensusDue(Ports ports, Conduct conduct) {
    this.ports = ports;
    this.conduct = conduct;
    this.foreign = new RewriteForeign(ports, conduct);
  }

  void consider(ManagedCluster cluster) {
    Optional<Route> route = route(cluster);
    if (route.isEmpty()) {
      return;
    }
    List<Operation> all = ports.records().operations(cluster.name());
    Period every = conduct.censusEvery();
    if (!foreign.consider(cluster, all) && every != null && isDue(all, every)) {
      new StartOperation(ports).start(cluster.name(), Kind.CENSUS, route.get(), ORIGIN);
    }
  }

  /** Empty where it can't be told under which key a Secret lies: KMS v1 names none. */
  private Optional<Route> route(ManagedCluster cluster) {
    if (cluster.experience() == KmsExperience.PLATFORM_MANAGED) {
      return Optional.of(Route.UNKNOWN);
    }
    return cluster.experience() == KmsExperience.UNPROVED
        ? Optional.empty()
        : cluster.settings(conduct.cloud()).map(Route::staying);
  }

  /** A rotation and a rewrite end with a count as well. A refused one isn't tried sooner. */
  private boolean isDue(List<Operation> all, Period every) {
    Instant since = ports.time().instant().atZone(ZoneOffset.UTC).minus(every).toInstant();
    return all.stream().map(CensusDue::endedAt).noneMatch(ended -> ended.isAfter(since));
  }

  private static Instant endedAt(Operation operation) {
    Ending ending = operation.progress().ending();
    boolean counts =
        ending != null
            && (ending.outcome() == Ending.Outcome.COMPLETED || operation.kind() == Kind.CENSUS);
    return counts ? Objects.requireNonNull(ending).at() : Instant.EPOCH;
  }
}
