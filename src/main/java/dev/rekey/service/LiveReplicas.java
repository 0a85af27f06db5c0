package dev.rekey.service;

import dev.rekey.reencryption.ReplicaLease;
import dev.rekey.reencryption.ReplicaSample;
import dev.rekey.service.port.ApiServers;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/** Which API servers live, by their identity leases. */
final class LiveReplicas {
  /** An API server renews its identity lease every 10 s; the lease itself lasts an hour. */
  private static final Duration ALIVE = Duration.ofMinutes(1);

  private LiveReplicas() {}

  static Set<String> at(ApiServers servers, Instant now) {
    return since(servers, now.minus(ALIVE));
  }

  /**
   * The same, with other names for those that don't tell their own: API servers without an
   * encryption configuration. As many of them as there are leases left over stand for these.
   *
   * @param sampled the names of those that were sampled
   */
  static Set<String> told(Set<String> leases, Set<String> sampled) {
    Set<String> missing = new TreeSet<>(leases);
    missing.removeAll(sampled);
    Set<String> unnamed = new TreeSet<>(sampled);
    unnamed.removeIf(name -> !ReplicaSample.isUnnamed(name));
    if (missing.isEmpty() || unnamed.size() < missing.size()) {
      return leases;
    }
    Set<String> told = new TreeSet<>(leases);
    told.removeAll(missing);
    told.addAll(unnamed);
    return told;
  }

  /** Those that renewed their lease at an instant or later, whether they still live or not. */
  static Set<String> since(ApiServers servers, Instant instant) {
    Set<String> replicas = new TreeSet<>();
    for (ReplicaLease lease : servers.leases()) {
      if (!lease.renewedAt().isBefore(instant)) {
        replicas.add(lease.replica());
      }
    }
    return replicas;
  }
}
