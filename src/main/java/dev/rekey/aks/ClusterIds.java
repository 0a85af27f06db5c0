package dev.rekey.aks;

import dev.rekey.operation.ClusterName;
import dev.rekey.service.port.OutsideFault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The ARM ids of clusters by their short names, as far as they were seen. A process that was just
 * started looks through the scopes once.
 */
final class ClusterIds {
  private final List<ArmScope> scopes;
  private final ClusterFinder finder;
  private final Map<ClusterName, ArmScope> known = new ConcurrentHashMap<>();

  ClusterIds(List<ArmScope> scopes, ClusterFinder finder) {
    this.scopes = List.copyOf(scopes);
    this.finder = finder;
  }

  /**
   * Looks through all scopes. What several of them hold is there once.
   *
   * @param onFault takes the fault of each scope that can't be listed
   */
  List<ListedCluster> all(Consumer<OutsideFault> onFault) {
    Map<ClusterName, ListedCluster> found = new LinkedHashMap<>();
    Patience patience = finder.patience();
    for (ArmScope scope : scopes) {
      try {
        finder
            .in(scope, patience)
            .forEach(each -> found.merge(each.id().name(), each, ListedCluster::or));
      } catch (OutsideFault fault) {
        onFault.accept(fault);
      }
    }
    found.forEach((name, each) -> known.put(name, each.id()));
    return List.copyOf(found.values());
  }

  /** Whether a setting names this very cluster, so that its absence is worth telling. */
  boolean isNamed(ArmScope cluster) {
    return scopes.stream().anyMatch(scope -> scope.isSameAs(cluster.id()));
  }

  /**
   * The id of a cluster in scope.
   *
   * @throws OutsideFault with {@code NOT_FOUND} if there is none of this name; with that of a scope
   *     that can't be listed if it might be there
   */
  ArmScope of(ClusterName name) {
    ArmScope id = known.get(name);
    return id != null ? id : lookFor(name);
  }

  private ArmScope lookFor(ClusterName name) {
    List<OutsideFault> faults = new ArrayList<>();
    List<ListedCluster> found = all(faults::add);
    return found.stream()
        .map(ListedCluster::id)
        .filter(id -> id.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                faults.isEmpty()
                    ? ArmFaults.fault(
                        OutsideFault.Kind.NOT_FOUND,
                        "find the cluster " + name,
                        "no scope holds one of this name")
                    : faults.get(0));
  }

  /** A cluster that is there no longer; one of its name is looked for again. */
  void forget(ClusterName name) {
    known.remove(name);
  }
}
