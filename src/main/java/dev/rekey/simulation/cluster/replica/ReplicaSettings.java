package dev.rekey.simulation.cluster.replica;

import java.time.Duration;

/**
 * How an API server behaves.
 *
 * @param workers requests that it carries out at once; more of them wait
 * @param service the mean time that one request takes a worker
 * @param roundTrip the time on the way, there and back
 * @param maxInFlight requests that it takes in before it answers 429; 0 for no limit
 * @param pagesReadEtcd whether the second and later pages of a list read etcd, as before Kubernetes
 *     1.34
 * @param pollsWhenLookedAt whether it asks its KMS plugins for their status only when somebody
 *     looks at it, and then at the instant of the last minute's poll: what comes out is the same
 *     but where a key version has changed twice unseen, and a year of many servers costs no poll a
 *     minute
 */
public record ReplicaSettings(
    int workers,
    Duration service,
    Duration roundTrip,
    int maxInFlight,
    boolean pagesReadEtcd,
    boolean pollsWhenLookedAt) {

  /**
   * As measured on one 2-core machine: 350 patches per second one at a time, about 1,300 with 32 in
   * flight.
   */
  public static ReplicaSettings measured() {
    return new ReplicaSettings(
        2, Duration.ofNanos(1_500_000), Duration.ofNanos(1_300_000), 0, false, false);
  }

  public ReplicaSettings withMaxInFlight(int most) {
    return new ReplicaSettings(workers, service, roundTrip, most, pagesReadEtcd, pollsWhenLookedAt);
  }

  public ReplicaSettings withRoundTrip(Duration time) {
    return new ReplicaSettings(
        workers, service, time, maxInFlight, pagesReadEtcd, pollsWhenLookedAt);
  }

  public ReplicaSettings withPagesReadEtcd() {
    return new ReplicaSettings(workers, service, roundTrip, maxInFlight, true, pollsWhenLookedAt);
  }

  public ReplicaSettings pollingWhenLookedAt() {
    return new ReplicaSettings(workers, service, roundTrip, maxInFlight, pagesReadEtcd, true);
  }
}
