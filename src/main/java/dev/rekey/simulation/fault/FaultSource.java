package dev.rekey.simulation.fault;

import java.util.Optional;

/** Says what happens at a call: a plan, or chance. */
public interface FaultSource {
  Optional<Fault> at(OutsideCall call);
}
