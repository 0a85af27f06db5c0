package dev.rekey.service;

import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Route;
import dev.rekey.reencryption.Limits;
import dev.rekey.service.RequestAnswer.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Plans what somebody wants to have done to a cluster, in the time that somebody waits for an
 * answer. Begins and records nothing.
 */
public final class RequestPlan {
  /** So that the whole answer is there within 30 s: list, last answers and measurement come too. */
  private static final Duration TO_LOOK = Duration.ofSeconds(18);

  private final Ports ports;
  private final Conduct conduct;
  private final Limits limits;

  public RequestPlan(Ports ports, Conduct conduct, Limits limits) {
    this.ports = ports;
    this.conduct = conduct;
    this.limits = limits;
  }

  /**
   * Looks for as long as somebody waits for an answer over HTTP, and plans.
   *
   * @throws dev.rekey.service.port.OutsideFault if ARM doesn't show the cluster, or the vault no
   *     target
   */
  public PlanAnswer request(ClusterName name, WantedChange wanted) {
    return request(name, wanted, TO_LOOK);
  }

  /**
   * Looks and plans.
   *
   * @param patience how long to look at one Secret after another
   * @throws dev.rekey.service.port.OutsideFault if ARM doesn't show the cluster, or the vault no
   *     target
   */
  public PlanAnswer request(ClusterName name, WantedChange wanted, Duration patience) {
    Instant deadline = ports.time().instant().plus(patience);
    FindRoute routes = new FindRoute(ports, conduct);
    return routes
        .cluster(name)
        .map(cluster -> plan(routes, wanted, cluster, deadline))
        .orElse(new PlanAnswer.Declined(Cause.UNKNOWN_CLUSTER));
  }

  private PlanAnswer plan(
      FindRoute routes, WantedChange wanted, ManagedCluster cluster, Instant deadline) {
    FindRoute.Found found = routes.find(wanted, cluster, () -> ledger(cluster));
    Route route = found.route();
    return route == null
        ? new PlanAnswer.Declined(Objects.requireNonNull(found.cause(), "no route, and no cause"))
        : new PlanAnswer.Planned(
            new PlanOperation(ports, limits).plan(cluster.name(), wanted.kind(), route, deadline));
  }

  /** One that isn't there yet isn't begun: a plan records nothing. */
  private Ledger ledger(ManagedCluster cluster) {
    KeyId inUse = cluster.settings(conduct.cloud()).map(KmsSettings::key).orElse(null);
    return new Ledgers(ports.records()).look(cluster.name(), inUse, ports.time().instant());
  }
}
