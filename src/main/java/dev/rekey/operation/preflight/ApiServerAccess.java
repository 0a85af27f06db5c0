package dev.rekey.operation.preflight;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a cluster's API servers are reached, and how they reach others.
 *
 * @param vnetIntegration whether they sit in a virtual network; where not, they reach the cluster's
 *     network through Konnectivity
 * @param privateCluster whether they have no public address
 * @param authorizedRanges the only address ranges that they take requests from; empty for any
 * @param subnetId the subnet that they sit in; null where none is named
 */
public record ApiServerAccess(
    boolean vnetIntegration,
    boolean privateCluster,
    List<String> authorizedRanges,
    @Nullable String subnetId) {

  public ApiServerAccess {
    authorizedRanges = List.copyOf(authorizedRanges);
  }
}
