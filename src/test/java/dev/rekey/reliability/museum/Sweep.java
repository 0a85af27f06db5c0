package dev.rekey.reliability.museum;

import dev.rekey.app.simulated.Course;
import dev.rekey.app.simulated.Scenario;
import dev.rekey.app.simulated.Setup;
import dev.rekey.app.simulated.Shape;
import dev.rekey.simulation.fault.Fault;
import dev.rekey.simulation.fault.FaultPlan;
import dev.rekey.simulation.fault.OutsideCall;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Worlds to look for a defect in. */
final class Sweep {
  private Sweep() {}

  /** One in which nothing goes wrong. */
  static List<Setup> calm(Scenario scenario) {
    return List.of(Setup.of(Shape.smallest(scenario)));
  }

  /** The same with other seeds: other API servers are late, other connections lead elsewhere. */
  static List<Setup> seeds(Scenario scenario) {
    return LongStream.rangeClosed(1, 20)
        .mapToObj(seed -> Setup.of(new Shape(scenario, seed, 6, 2, 2, true)))
        .toList();
  }

  /** One fault at each call of a port's method; at each call of any if the method is empty. */
  static List<Setup> each(Scenario scenario, String port, Fault fault) {
    Setup setup = Setup.of(Shape.smallest(scenario));
    return calls(setup).stream()
        .filter(call -> port.isEmpty() || call.port().equals(port))
        .filter(fault::canHappenAt)
        .map(call -> setup.facing(FaultPlan.of(call.number(), fault)))
        .toList();
  }

  /** Two at one place: the second just after the first. */
  static List<Setup> both(Scenario scenario, Fault first, Fault second) {
    Setup setup = Setup.of(Shape.smallest(scenario));
    return calls(setup).stream()
        .map(
            call ->
                setup.facing(FaultPlan.of(call.number(), first).with(call.number() + 1, second)))
        .toList();
  }

  /** Every call of the smallest world. */
  static List<OutsideCall> calls(Scenario scenario) {
    return calls(Setup.of(Shape.smallest(scenario)));
  }

  private static List<OutsideCall> calls(Setup setup) {
    List<OutsideCall> calls = new ArrayList<>();
    Course.of(setup.watched(observed -> calls.add(observed.call())));
    return calls;
  }
}
