package dev.rekey.kubernetes;

/** The contract on the simulation, through the real adapter. */
class SimulatedOverHttpsContractTest extends ApiServersContract {
  private static final int FEW = 1;

  @Override
  ClusterUnderTest open() {
    return new SimulatedClusterUnderTest(true, 0);
  }

  @Override
  ClusterUnderTest openNarrow() {
    return new SimulatedClusterUnderTest(true, FEW);
  }
}
