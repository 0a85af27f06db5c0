package dev.rekey.aks;

import dev.rekey.service.port.ManagedClusters;

/** The simulated ARM in process, as the simulation uses it. */
class SimulatedArmContractTest extends ManagedClustersContract {

  @Override
  ManagedClusters clusters() {
    return world.arm;
  }
}
