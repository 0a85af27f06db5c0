package dev.rekey.service;

import dev.rekey.fleet.ForeignKeys;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

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

  /**
   * What a look at each cluster's operations has found. What has ended stays so: while none has
   * come, nobody has to read them all again at every tick.
   */
  private final Map<ClusterName, Seen> seen = new ConcurrentHashMap<>();

  /**
   * What a cluster's operations tell, none of which is active.
   *
   * @param last the id of the last one; empty if there is none
   * @param etag of the cluster's body, as it was looked at
   * @param counted when a count has last ended
   * @param wanted whether there is something to rewrite, so that they are looked at again
   */
  private record Seen(String last, String etag, Instant counted, boolean wanted) {}

  CensusDue(Ports ports, Conduct conduct) {
    this.ports = ports;
    this.conduct = conduct;
  }

  /**
   * Looks at a cluster on which no operation is active.
   *
   * @param foreign of this look around
   */
  void consider(ManagedCluster cluster, RewriteForeign foreign) {
    Optional<Route> route = route(cluster);
    if (route.isEmpty()) {
      return;
    }
    Period every = conduct.censusEvery();
    boolean isBegun = isToBeLookedAt(cluster) && look(cluster, foreign);
    if (!isBegun && every != null && isDue(cluster.name(), every)) {
      new StartOperation(ports).start(cluster.name(), Kind.CENSUS, route.get(), ORIGIN);
    }
  }

  private boolean isToBeLookedAt(ManagedCluster cluster) {
    Seen before = seen.get(cluster.name());
    return before == null
        || before.wanted()
        || !before.etag().equals(cluster.etag())
        || !ports.records().lastOperationId(cluster.name()).orElse("").equals(before.last());
  }

  /** Whether a rewrite was begun. */
  private boolean look(ManagedCluster cluster, RewriteForeign foreign) {
    List<Operation> all = ports.records().operations(cluster.name());
    Instant counted =
        all.stream().map(CensusDue::endedAt).max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
    String last = all.isEmpty() ? "" : all.get(all.size() - 1).id();
    Optional<ForeignKeys> wanted = foreign.wanted(cluster, all);
    seen.put(cluster.name(), new Seen(last, cluster.etag(), counted, wanted.isPresent()));
    return wanted.flatMap(found -> foreign.begin(cluster, found)).isPresent();
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
  private boolean isDue(ClusterName cluster, Period every) {
    Instant since = ports.time().instant().atZone(ZoneOffset.UTC).minus(every).toInstant();
    return !Objects.requireNonNull(seen.get(cluster)).counted().isAfter(since);
  }

  private static Instant endedAt(Operation operation) {
    Ending ending = operation.progress().ending();
    boolean counts =
        ending != null
            && (ending.outcome() == Ending.Outcome.COMPLETED || operation.kind() == Kind.CENSUS);
    return counts ? Objects.requireNonNull(ending).at() : Instant.EPOCH;
  }
}
