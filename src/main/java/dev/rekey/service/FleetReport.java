package dev.rekey.service;

import java.util.List;

/**
 * How all clusters in scope stand.
 *
 * @param missing for each scope or cluster that could not be looked at: why, in our own words
 */
public record FleetReport(List<ClusterReport> clusters, List<String> missing) {

  public FleetReport {
    clusters = List.copyOf(clusters);
    missing = List.copyOf(missing);
  }
}
