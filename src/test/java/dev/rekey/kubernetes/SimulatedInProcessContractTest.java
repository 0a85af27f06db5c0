package dev.rekey.kubernetes;

/** The contract on the simulation, as most tests use it. */
class SimulatedInProcessContractTest extends ApiServersContract {
  private static final int FEW = 4;

  @Override
  ClusterUnderTest open() {
    return new SimulatedClusterUnderTest(false, 0);
  }

  @Override
  ClusterUnderTest openNarrow() {
    return new SimulatedClusterUnderTest(false, FEW);
  }
}
