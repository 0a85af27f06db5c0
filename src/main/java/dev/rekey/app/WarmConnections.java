package dev.rekey.app;

import dev.rekey.operation.ClusterName;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.Kubernetes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps the connections to clusters open across use cases, so that warm ones serve all of them. One
 * that has got old, or whose credential or address failed, is opened anew; it is closed when nobody
 * uses it any more. Thread-safe.
 */
public final class WarmConnections implements Kubernetes, AutoCloseable {
  /** A cluster's address, certificates and credential can change: they are looked at again then. */
  public static final Duration MOST_AGE = Duration.ofMinutes(10);

  private final Kubernetes kubernetes;
  private final InstantSource clock;
  private final Duration mostAge;
  private final Map<ClusterName, WarmConnection> warm = new ConcurrentHashMap<>();

  public WarmConnections(Kubernetes kubernetes, InstantSource clock, Duration mostAge) {
    this.kubernetes = kubernetes;
    this.clock = clock;
    this.mostAge = mostAge;
  }

  @Override
  public ApiServers connect(ClusterName cluster) {
    return new BorrowedConnection(
        warm.compute(
            cluster,
            (name, known) -> {
              if (known != null && known.borrowIfYounger(clock.instant().minus(mostAge))) {
                return known;
              }
              WarmConnection fresh =
                  new WarmConnection(kubernetes.connect(name), clock.instant()); // may throw
              if (known != null) {
                known.retire();
              }
              return fresh;
            }));
  }

  @Override
  public void close() {
    warm.values().forEach(WarmConnection::retire);
    warm.clear();
  }
}
