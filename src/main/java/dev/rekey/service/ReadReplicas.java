package dev.rekey.service;

import dev.rekey.reencryption.ReplicaSample;
import dev.rekey.reencryption.Scrape;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Samples each live API server. They sit behind one address, so fresh connections are made until
 * each has answered, a bounded number of times; a scrape that misses one says so.
 */
final class ReadReplicas {
  /**
   * Connections per live replica: with a fair balancer and five replicas, missing one is less
   * likely than 1 in 10,000.
   */
  private static final int CONNECTIONS_PER_REPLICA = 10;

  private final InstantSource time;

  ReadReplicas(InstantSource time) {
    this.time = time;
  }

  Scrape read(ApiServers servers) {
    Instant at = time.instant();
    Set<String> live = LiveReplicas.at(servers, at);
    Map<String, ReplicaSample> samples = new HashMap<>();
    int most = CONNECTIONS_PER_REPLICA * Math.max(1, live.size());
    @Nullable OutsideFault failed = null;
    for (int made = 0; made < most && !isComplete(live, samples); made++) {
      try {
        ReplicaSample sample = servers.sample();
        samples.putIfAbsent(sample.replica(), sample);
      } catch (OutsideFault fault) {
        failed = retryable(fault);
      }
    }
    if (samples.isEmpty() && failed != null) {
      throw failed;
    }
    return new Scrape(at, LiveReplicas.told(live, samples.keySet()), samples);
  }

  private static boolean isComplete(Set<String> live, Map<String, ReplicaSample> samples) {
    return samples.keySet().containsAll(LiveReplicas.told(live, samples.keySet()));
  }

  /**
   * A scrape of every live replica, as counters need it; a replica that is missed is waited for.
   */
  Scrape readAll(ApiServers servers) {
    Scrape scrape = read(servers);
    if (!scrape.isComplete()) {
      throw new OutsideFault(
          OutsideSystem.API_SERVER,
          OutsideFault.Kind.BUSY,
          "of " + scrape.live().size() + " live API servers not all answer /metrics");
    }
    return scrape;
  }

  /**
   * The scrape that ends a pass. A replica that lived only in between counts as one that was
   * missed: what it read and wrote is in no counter any more.
   */
  Scrape readAllSince(ApiServers servers, Instant begun) {
    Scrape scrape = readAll(servers);
    Set<String> lived = new TreeSet<>(scrape.live());
    lived.addAll(LiveReplicas.told(LiveReplicas.since(servers, begun), scrape.live()));
    return new Scrape(scrape.at(), lived, scrape.samples());
  }

  /**
   * One dying replica behind the address must not hide the others; a missing right concerns all of
   * them.
   */
  private static OutsideFault retryable(OutsideFault fault) {
    return switch (fault.kind()) {
      case UNREACHABLE, TIMED_OUT, BUSY, BROKEN -> fault;
      default -> throw fault;
    };
  }
}
