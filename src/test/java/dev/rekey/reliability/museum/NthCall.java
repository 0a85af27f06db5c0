package dev.rekey.reliability.museum;

import dev.rekey.simulation.fault.Fault;
import dev.rekey.simulation.fault.FaultSource;
import dev.rekey.simulation.fault.OutsideCall;
import java.util.Optional;

/**
 * A fault at some calls of a port's method. A defective engine makes other calls than a sound one,
 * so their numbers in the world say nothing.
 */
final class NthCall implements FaultSource {
  private final String port;
  private final int first;
  private final int last;
  private final Fault fault;
  private int seen;

  /**
   * @param first the first call of the method at which it happens, from 1
   * @param last the last one
   */
  NthCall(String port, int first, int last, Fault fault) {
    this.port = port;
    this.first = first;
    this.last = last;
    this.fault = fault;
  }

  @Override
  public String toString() {
    String calls =
        first == last
            ? "call " + first
            : last == Integer.MAX_VALUE ? "all calls" : "calls " + first + " to " + last;
    return fault.token() + " at " + calls + " of " + port;
  }

  @Override
  public Optional<Fault> at(OutsideCall call) {
    seen = call.number() == 1 ? 0 : seen; // the next world
    if (!call.port().equals(port)) {
      return Optional.empty();
    }
    seen++;
    return seen >= first && seen <= last ? Optional.of(fault) : Optional.empty();
  }
}
