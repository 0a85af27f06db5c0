package dev.rekey.service.port;

import dev.rekey.operation.ManagedCluster;
import java.util.List;

/**
 * What a look at every cluster in scope has found, and where it could not look: one broken cluster
 * must not stop the work on others, and what is left out must not look as if it weren't there.
 *
 * @param clusters those that were found, in no order
 * @param missing one fault for each scope that could not be listed, and for clusters of which a
 *     list doesn't say all and that could not be read
 */
public record FoundClusters(List<ManagedCluster> clusters, List<OutsideFault> missing) {

  public FoundClusters {
    clusters = List.copyOf(clusters);
    missing = List.copyOf(missing);
  }

  /** Whether these are all that there are. */
  public boolean isComplete() {
    return missing.isEmpty();
  }

  /**
   * All clusters in scope.
   *
   * @throws OutsideFault the first of what is missing
   */
  public List<ManagedCluster> all() {
    if (!isComplete()) {
      throw missing.get(0);
    }
    return clusters;
  }
}
