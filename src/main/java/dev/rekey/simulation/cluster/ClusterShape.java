package dev.rekey.simulation.cluster;

import dev.rekey.simulation.cluster.encryption.EncryptionConfiguration;
import dev.rekey.simulation.cluster.replica.ReplicaSettings;

/**
 * What a cluster is like.
 *
 * @param replicas how many API servers
 * @param configuration what they encrypt with at first
 * @param settings how each of them behaves
 * @param choice where the load balancer sends a fresh connection
 * @param spread whether patches in flight spread over the servers or stay on one connection
 * @param pageSize items of a list's page
 */
public record ClusterShape(
    int replicas,
    EncryptionConfiguration configuration,
    ReplicaSettings settings,
    LoadBalancer.Choice choice,
    LaneSpread spread,
    int pageSize) {

  /** Two API servers as measured, pages of 500, and a pool of connections that spreads. */
  public static ClusterShape encrypting(EncryptionConfiguration configuration) {
    return new ClusterShape(
        2,
        configuration,
        ReplicaSettings.measured(),
        LoadBalancer.Choice.AT_RANDOM,
        LaneSpread.EACH_REQUEST,
        500);
  }

  public ClusterShape withReplicas(int count) {
    return new ClusterShape(count, configuration, settings, choice, spread, pageSize);
  }

  public ClusterShape with(ReplicaSettings other) {
    return new ClusterShape(replicas, configuration, other, choice, spread, pageSize);
  }

  public ClusterShape with(LoadBalancer.Choice other) {
    return new ClusterShape(replicas, configuration, settings, other, spread, pageSize);
  }

  public ClusterShape with(LaneSpread other) {
    return new ClusterShape(replicas, configuration, settings, choice, other, pageSize);
  }

  public ClusterShape withPageSize(int items) {
    return new ClusterShape(replicas, configuration, settings, choice, spread, items);
  }
}
