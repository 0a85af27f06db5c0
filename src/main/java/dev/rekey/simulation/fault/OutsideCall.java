package dev.rekey.simulation.fault;

import dev.rekey.service.port.OutsideSystem;
import org.jspecify.annotations.Nullable;

/** One call of the engine to the outside. */
public final class OutsideCall {
  private final int number;
  private final OutsideSystem system;
  private final String port;
  private final @Nullable Object about;
  private @Nullable String caller;

  OutsideCall(int number, OutsideSystem system, String port, @Nullable Object about) {
    this.number = number;
    this.system = system;
    this.port = port;
    this.about = about;
  }

  /** Counts the calls of a world, from 1. */
  public int number() {
    return number;
  }

  public OutsideSystem system() {
    return system;
  }

  /** The interface and the method, such as {@code ManagedClusters.read}. */
  public String port() {
    return port;
  }

  /** The first thing that it hands over; null if there is none. */
  public @Nullable Object about() {
    return about;
  }

  /**
   * The class and the method of the engine that calls, such as {@code UpdateWork.send}. Costly to
   * find out, so that is done when it is first asked for: while the call is made, not later.
   */
  public String caller() {
    if (caller == null) {
      caller = Callers.find();
    }
    return caller;
  }

  /** The place in the code: the same for every call that is made there. */
  public String site() {
    return port + " by " + caller();
  }

  boolean is(String method) {
    return port.equals(method);
  }
}
