package dev.rekey.service;

import dev.rekey.reencryption.ReplicaLease;
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
