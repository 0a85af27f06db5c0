package dev.rekey.simulation.fault;

import dev.rekey.service.port.OutsideSystem;

/**
 * One call of the engine to the outside.
 *
 * @param number counts the calls of a world, from 1
 * @param port the interface and the method, such as {@code ManagedClusters.read}
 * @param caller the class and the method of the engine that calls, such as {@code UpdateWork.send}
 */
public record OutsideCall(int number, OutsideSystem system, String port, String caller) {

  /** The place in the code: the same for every call that is made there. */
  public String site() {
    return port + " by " + caller;
  }

  boolean is(String method) {
    return port.equals(method);
  }
}
