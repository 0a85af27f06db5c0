package dev.rekey.simulation.cluster.http;

import dev.rekey.simulation.cluster.Connection;
import dev.rekey.simulation.cluster.LoadBalancer;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which TCP connection leads to which API server. The load balancer chooses when a connection is
 * first used; from then on it stays, however many requests it carries.
 */
final class ConnectionTable {
  /** Addresses of closed connections are forgotten; a machine has some 28,000 to give. */
  private static final int REMEMBERED = 40_000;

  private final LoadBalancer loadBalancer;
  private final Map<InetSocketAddress, Connection> connections =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<InetSocketAddress, Connection> eldest) {
          return size() > REMEMBERED;
        }
      };

  ConnectionTable(LoadBalancer loadBalancer) {
    this.loadBalancer = loadBalancer;
  }

  /** Null if the connection's server has died, or if none is running: there is no answer then. */
  @Nullable Connection find(InetSocketAddress client) {
    Connection known = connections.get(client);
    if (known == null) {
      known = Connection.open(loadBalancer);
      if (known != null) {
        connections.put(client, known);
      }
      return known;
    }
    if (known.isBroken()) {
      connections.remove(client);
      return null;
    }
    return known;
  }
}
