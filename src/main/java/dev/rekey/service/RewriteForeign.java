package dev.rekey.service;

import dev.rekey.fleet.ForeignKeys;
import dev.rekey.key.Ledger;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Route;
import java.util.List;
import java.util.Optional;

/**
 * Begins a rewrite where the last census has found Secrets elsewhere than they were proved to lie:
 * once for each census, whatever comes of it. What was refused or has stalled would do so again,
 * and the next census finds what is left. Serves one look around.
 */
final class RewriteForeign {
  /** What the operation is known by, so that it is begun once. */
  private static final String FOR = "foreign-key:";

  private final Ports ports;
  private final Conduct conduct;
  private final StartByItself start;

  RewriteForeign(Ports ports, Conduct conduct) {
    this.ports = ports;
    this.conduct = conduct;
    this.start = new StartByItself(ports, conduct);
  }

  /**
   * What is to be rewritten, if anything is.
   *
   * @param all all operations of the cluster, of which none is active
   */
  Optional<ForeignKeys> wanted(ManagedCluster cluster, List<Operation> all) {
    if (!ForeignKeys.mayBeIn(all, cluster) || cluster.settings(conduct.cloud()).isEmpty()) {
      return Optional.empty();
    }
    Ledger ledger = new Ledgers(ports.records()).look(cluster.name(), null, ports.time().instant());
    return ForeignKeys.in(all, cluster, ledger)
        .filter(ForeignKeys::canBeRewritten)
        .filter(found -> isFirstTime(found, all));
  }

  /** One that has ended before it began to change anything, not by a person's will, was none. */
  private static boolean isFirstTime(ForeignKeys found, List<Operation> all) {
    String key = FOR + found.census();
    return all.stream()
        .filter(operation -> key.equals(operation.origin().requestKey()))
        .allMatch(EndOutlived::hasMadeRoom);
  }

  /** Begins to rewrite what is wanted; empty if that may not begin now. */
  Optional<Operation> begin(ManagedCluster cluster, ForeignKeys found) {
    KmsSettings settings = cluster.settings(conduct.cloud()).orElseThrow();
    Origin origin =
        new Origin(
            Origin.Trigger.TIMER,
            "rekey",
            "the census " + found.census() + " has found Secrets elsewhere than they should lie",
            FOR + found.census());
    return start.start(cluster, Kind.REENCRYPT, Route.staying(settings), origin);
  }
}
