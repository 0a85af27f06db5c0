package dev.rekey.aks;

import java.util.ArrayList;
import java.util.List;

/** Finds clusters in the pages of ARM's lists, which show each as a whole. */
final class ClusterFinder {
  /** A page has 50 clusters and more, a subscription at most 5,000. */
  private static final int MOST_PAGES = 1_000;

  private static final String CLUSTERS = "/providers/Microsoft.ContainerService/managedClusters";

  private final ArmPages pages;
  private final ArmRequests requests;
  private final Waiting waiting;

  ClusterFinder(ArmHost host, ArmRequests requests, Waiting waiting) {
    this.pages = new ArmPages(host, MOST_PAGES);
    this.requests = requests;
    this.waiting = waiting;
  }

  /** The patience of one look through all scopes. */
  Patience patience() {
    return new Patience(requests, waiting);
  }

  /**
   * All clusters in a scope, by all of its pages. A scope that is a cluster isn't asked for.
   *
   * @throws dev.rekey.service.port.OutsideFault if a page can't be had: a list that ended by an
   *     error isn't an ended list
   */
  List<ListedCluster> in(ArmScope scope, Patience patience) {
    if (scope.isCluster()) {
      return List.of(ListedCluster.named(scope));
    }
    String doing = "list the clusters of " + scope;
    List<ListedCluster> found = new ArrayList<>();
    pages.each(
        doing,
        requests.address(scope.id() + CLUSTERS, ArmVersion.CLUSTER, ""),
        address -> patience.get(doing, address),
        element -> found.add(ListedCluster.of(doing, element)));
    return found;
  }
}
