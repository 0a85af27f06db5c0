package dev.rekey.reliability;

import dev.rekey.simulation.fault.Fault;
import dev.rekey.simulation.fault.FaultPlan;
import dev.rekey.simulation.fault.FaultSource;
import dev.rekey.simulation.fault.OutsideCall;
import java.util.Optional;

/** One fault at a call, and after it another one at the next call that a certain place makes. */
final class SecondFault implements FaultSource {
  private final int call;
  private final Fault first;
  private final String site;
  private final Fault second;
  private FaultPlan happened = FaultPlan.NONE;

  SecondFault(int call, Fault first, String site, Fault second) {
    this.call = call;
    this.first = first;
    this.site = site;
    this.second = second;
  }

  @Override
  public Optional<Fault> at(OutsideCall now) {
    if (now.number() == call) {
      return happens(now, first);
    }
    boolean due = now.number() > call && happened.faults().size() == 1 && now.site().equals(site);
    return due ? happens(now, second) : Optional.empty();
  }

  private Optional<Fault> happens(OutsideCall now, Fault fault) {
    happened = happened.with(now.number(), fault);
    return Optional.of(fault);
  }

  FaultPlan happened() {
    return happened;
  }
}
