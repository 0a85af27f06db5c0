package dev.rekey.service.port;

import dev.rekey.operation.ClusterName;

/** Where the API servers of a cluster are found. */
public interface Kubernetes {

  /**
   * A connection to a cluster's API servers; the caller closes it.
   *
   * @throws OutsideFault if no credential or address can be had
   */
  ApiServers connect(ClusterName cluster);
}
