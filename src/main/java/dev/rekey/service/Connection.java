package dev.rekey.service;

import dev.rekey.operation.ClusterName;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.Kubernetes;
import org.jspecify.annotations.Nullable;

/** One cluster's API servers, connected at first use and closed at the end of a use case. */
final class Connection implements AutoCloseable {
  private final Kubernetes kubernetes;
  private final ClusterName cluster;
  private @Nullable ApiServers open;

  Connection(Kubernetes kubernetes, ClusterName cluster) {
    this.kubernetes = kubernetes;
    this.cluster = cluster;
  }

  ApiServers apiServers() {
    ApiServers connected = open;
    if (connected == null) {
      connected = kubernetes.connect(cluster);
      open = connected;
    }
    return connected;
  }

  @Override
  public void close() {
    if (open != null) {
      open.close();
    }
  }
}
