package dev.rekey.kubernetes;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on a real API server with a real etcd. */
class RealApiServersContractIT extends ApiServersContract {
  private static RealClusterUnderTest cluster;

  @BeforeAll
  static void start() {
    cluster = new RealClusterUnderTest();
  }

  @AfterAll
  static void stop() {
    cluster.stop();
  }

  @Override
  ClusterUnderTest open() {
    return cluster.fresh(false);
  }

  @Override
  ClusterUnderTest openNarrow() {
    return cluster.fresh(true);
  }
}
