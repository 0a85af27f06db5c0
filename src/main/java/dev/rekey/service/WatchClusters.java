package dev.rekey.service;

import dev.rekey.fleet.Look;
import dev.rekey.key.Cloud;
import dev.rekey.key.Ledger;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.service.port.Stored;
import dev.rekey.service.port.Vault;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Watches, between operations and during them, what each cluster can't do without, and what others
 * change; raises an alert where a person should see to it.
 */
final class WatchClusters {
  /**
   * So many clusters' surroundings are looked at in one look around, in turn: each costs a dozen
   * requests to Azure Resource Manager, which must not grow with the fleet.
   */
  static final int MOST_EXAMINED = 25;

  /** So many always are: the surroundings of a small fleet are looked at each time. */
  private static final int LEAST_EXAMINED = 4;

  /** Each cluster's surroundings are looked at so often, unless the fleet is too large for that. */
  private static final Duration EXAMINED_EVERY = Duration.ofHours(1);

  private final Ports ports;
  private final Conduct conduct;

  WatchClusters(Ports ports, Conduct conduct) {
    this.ports = ports;
    this.conduct = conduct;
  }

  /**
   * Looks at each cluster. A fault with one keeps no other from being looked at.
   *
   * @param seen the vaults as the look around sees them
   * @throws RuntimeException after all have been looked at, if a record of one can't be read
   */
  void look(List<ManagedCluster> clusters, Vault seen) {
    Map<ClusterName, Look> extended = new HashMap<>();
    try {
      extended.putAll(new ExtendPrevious(ports, conduct).look(clusters, seen));
    } finally {
      Set<ManagedCluster> inTurn = inTurn(clusters);
      new EachInTurn(ports.signals(), "cluster-not-looked-at")
          .look(
              clusters,
              cluster ->
                  look(
                      cluster,
                      extended.get(cluster.name()),
                      looks(cluster, seen, inTurn.contains(cluster))));
    }
  }

  /** Who doesn't know what the last look did needs no memory to take turns: the time tells. */
  private Set<ManagedCluster> inTurn(List<ManagedCluster> clusters) {
    List<ManagedCluster> all = new ArrayList<>(clusters);
    all.sort(Comparator.comparing(cluster -> cluster.name().value()));
    int turns = Math.max(1, (int) Math.ceil(all.size() / examinedAtOnce(all.size())));
    long looks = ports.time().instant().getEpochSecond() / conduct.lookEvery().toSeconds();
    int turn = (int) Math.floorMod(looks, (long) turns);
    Set<ManagedCluster> chosen = new HashSet<>();
    IntStream.range(0, all.size())
        .filter(number -> number % turns == turn)
        .forEach(number -> chosen.add(all.get(number)));
    return chosen;
  }

  private double examinedAtOnce(int all) {
    double share = conduct.lookEvery().toSeconds() / (double) EXAMINED_EVERY.toSeconds();
    return Math.max(LEAST_EXAMINED, Math.min(MOST_EXAMINED, Math.ceil(all * share)));
  }

  /** What one look can't tell keeps none of the others from being told. */
  private void look(
      ManagedCluster cluster, @Nullable Look extended, List<Function<@Nullable Ledger, Look>> all) {
    Ledger ledger = ports.records().ledger(cluster.name()).map(Stored::value).orElse(null);
    List<Look> looks = new ArrayList<>();
    if (extended != null) {
      looks.add(extended);
    }
    try {
      new EachInTurn(ports.signals(), "key-not-looked-at")
          .look(all, look -> looks.add(look.apply(ledger)));
    } finally {
      new RaiseAlerts(ports).after(cluster.name(), looks);
    }
  }

  private List<Function<@Nullable Ledger, Look>> looks(
      ManagedCluster cluster, Vault seen, boolean examined) {
    InstantSource time = ports.time();
    Cloud cloud = conduct.cloud();
    List<Function<@Nullable Ledger, Look>> looks = new ArrayList<>();
    looks.add(ledger -> new WatchOthersChanges(conduct).look(cluster, ledger));
    looks.add(ledger -> new WatchKeptKeys(seen, time, cloud).look(cluster, ledger));
    looks.add(ledger -> new WatchSlots(seen, time, cloud).look(cluster, ledger));
    if (examined) {
      looks.add(ledger -> new WatchSurroundings(ports.with(seen), cloud).look(cluster, ledger));
    }
    return looks;
  }
}
