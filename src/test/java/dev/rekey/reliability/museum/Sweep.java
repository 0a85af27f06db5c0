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
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Worlds to look for a defect in. */
final class Sweep {
  private Sweep() {}

  /** One in which nothing goes wrong. */
  static List<Setup> calm(Scenario scenario) {
    return List.of(Setup.of(Shape.smallest(scenario)));
  }

  /** So many Secrets that what shows the write keys doesn't rewrite them all. */
  static List<Setup> large(Scenario scenario) {
    return List.of(Setup.of(new Shape(scenario, 1, 60, 4, 2, true)));
  }

  /** The same with other seeds: other API servers are late, other connections lead elsewhere. */
  static List<Setup> seeds(Scenario scenario) {
    return LongStream.rangeClosed(1, 20)
        .mapToObj(seed -> Setup.of(new Shape(scenario, seed, 6, 2, 2, true)))
        .toList();
  }

  /** One fault at each call of any method. */
  static List<Setup> each(Scenario scenario, Fault fault) {
    return each(Shape.smallest(scenario), fault);
  }

  /** The same in a world of another shape. */
  static List<Setup> each(Shape shape, Fault fault) {
    Setup setup = Setup.of(shape);
    return calls(setup).stream()
        .filter(fault::canHappenAt)
        .map(call -> setup.facing(FaultPlan.of(call.number(), fault)))
        .toList();
  }

  /** One fault at each call of any method, and another one at the call after it. */
  static List<Setup> eachWithNext(Scenario scenario, Fault first, Fault next) {
    Setup setup = Setup.of(Shape.smallest(scenario));
    return IntStream.rangeClosed(1, calls(setup).size())
        .mapToObj(call -> setup.facing(FaultPlan.of(call, first).with(call + 1, next)))
        .toList();
  }

  /** One fault at each call of a port's method. */
  static List<Setup> each(Scenario scenario, String port, Fault fault) {
    return each(scenario, port, fault, 1);
  }

  /**
   * Faults at some calls of a port's method that follow each other.
   *
   * @param many how many there are
   */
  static List<Setup> each(Scenario scenario, String port, Fault fault, int many) {
    Setup setup = Setup.of(Shape.smallest(scenario));
    int calls = (int) calls(setup).stream().filter(call -> call.port().equals(port)).count();
    return IntStream.rangeClosed(1, calls)
        .mapToObj(first -> setup.facing(new NthCall(port, first, first + many - 1, fault)))
        .toList();
  }

  private static List<OutsideCall> calls(Setup setup) {
    List<OutsideCall> calls = new ArrayList<>();
    Course.of(setup.watched(observed -> calls.add(observed.call())));
    return calls;
  }
}
