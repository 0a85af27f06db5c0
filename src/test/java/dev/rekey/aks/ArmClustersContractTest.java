package dev.rekey.aks;

import dev.rekey.service.port.ManagedClusters;
import dev.rekey.simulation.azure.http.arm.ArmService;
import org.junit.jupiter.api.AfterEach;

/** The adapter, through the SDK and HTTP, on the same simulated ARM. */
class ArmClustersContractTest extends ManagedClustersContract {
  private final ArmOverHttp http = new ArmOverHttp(ArmWorld.SCOPES, new ArmService(world.arm));

  @AfterEach
  void stop() {
    http.close();
  }

  @Override
  ManagedClusters clusters() {
    return http.clusters;
  }
}
