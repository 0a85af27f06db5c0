package dev.rekey.reliability;

import dev.rekey.app.simulated.Course;
import dev.rekey.app.simulated.Setup;
import dev.rekey.app.simulated.Shape;
import dev.rekey.simulation.fault.Fault;
import dev.rekey.simulation.fault.FaultPlan;
import java.util.List;
import java.util.Optional;

/** Plays plans in one shape of world, on all cores. */
final class Runs {
  private final Baseline baseline;

  Runs(Baseline baseline) {
    this.baseline = baseline;
  }

  /** Those that break a promise, in the order of the plans. */
  List<Trouble> troubles(List<FaultPlan> plans) {
    return plans.parallelStream().flatMap(plan -> trouble(plan).stream()).toList();
  }

  private Optional<Trouble> trouble(FaultPlan plan) {
    Shape shape = baseline.shape();
    Course.Outcome outcome = Course.of(Setup.of(shape).facing(plan));
    boolean moreToDo = plan.faults().values().stream().anyMatch(Fault::isDisturbance);
    boolean good = outcome.violations().isEmpty() && (moreToDo || isAtMostTwice(outcome.effects()));
    return good ? Optional.empty() : Optional.of(new Trouble(shape, plan, outcome));
  }

  /** Promise P3. */
  private boolean isAtMostTwice(Course.Effects effects) {
    Course.Effects usual = baseline.outcome().effects();
    return effects.writes() <= 2 * usual.writes()
        && effects.updates() <= 2 * usual.updates()
        && effects.versions() <= 2 * usual.versions();
  }
}
