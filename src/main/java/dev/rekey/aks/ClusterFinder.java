package dev.rekey.aks;

import com.azure.core.http.HttpPipeline;
import com.azure.core.http.rest.PagedIterable;
import com.azure.core.http.rest.PagedResponse;
import com.azure.core.management.profile.AzureProfile;
import com.azure.core.util.Context;
import com.azure.resourcemanager.containerservice.ContainerServiceManager;
import com.azure.resourcemanager.containerservice.fluent.ManagedClustersClient;
import com.azure.resourcemanager.containerservice.fluent.models.ManagedClusterInner;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the ARM ids of clusters, with Azure's typed client. */
final class ClusterFinder {
  /**
   * A page has 50 clusters and more, a subscription at most 5,000. A next page that leads back to
   * itself would be followed for ever.
   */
  private static final int MOST_PAGES = 1_000;

  private final ArmHost host;
  private final HttpPipeline pipeline;

  ClusterFinder(ArmHost host, HttpPipeline pipeline) {
    this.host = host;
    this.pipeline = pipeline;
  }

  /**
   * All clusters in a scope, by all of its pages. A scope that is a cluster isn't asked for.
   *
   * @throws dev.rekey.service.port.OutsideFault if a page can't be had: a list that ended by an
   *     error isn't an ended list
   */
  List<ArmScope> in(ArmScope scope) {
    if (scope.isCluster()) {
      return List.of(scope);
    }
    String doing = "list the clusters of " + scope;
    List<ArmScope> found = new ArrayList<>();
    try {
      int pages = 0;
      for (PagedResponse<ManagedClusterInner> page :
          list(scope, Doing.page(doing)).iterableByPage()) {
        if (++pages > MOST_PAGES) {
          throw ArmFaults.malformed(doing, "its pages have no end");
        }
        page.getValue().forEach(cluster -> found.add(id(doing, cluster.id())));
      }
    } catch (RuntimeException failure) {
      throw ArmFaults.ofFailure(doing, failure);
    }
    return found;
  }

  private PagedIterable<ManagedClusterInner> list(ArmScope scope, Context context) {
    AzureProfile profile = new AzureProfile(null, scope.subscription(), host.environment());
    ManagedClustersClient clusters =
        ContainerServiceManager.authenticate(pipeline, profile)
            .serviceClient()
            .getManagedClusters();
    String group = scope.group();
    return group == null ? clusters.list(context) : clusters.listByResourceGroup(group, context);
  }

  private static ArmScope id(String doing, @Nullable String id) {
    return ArmScope.parse(id == null ? "" : id)
        .filter(ArmScope::isCluster)
        .orElseThrow(() -> ArmFaults.malformed(doing, "it lists something that is no cluster"));
  }
}
