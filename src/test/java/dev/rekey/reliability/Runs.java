package dev.rekey.reliability;

import dev.rekey.app.simulated.Course;
import dev.rekey.app.simulated.Setup;
import dev.rekey.app.simulated.Shape;
import dev.rekey.simulation.fault.Fault;
import dev.rekey.simulation.fault.FaultPlan;
import java.util.ArrayList;
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
    boolean comparable = plan.faults().values().stream().noneMatch(Fault::changesWhatIsWanted);
    List<String> broken = new ArrayList<>(outcome.violations());
    if (comparable && !isAtMostTwice(outcome.effects())) {
      broken.add("P3: more than twice the effects: " + outcome.effects());
    }
    boolean refusable = plan.faults().values().stream().anyMatch(Fault::isMissingRight);
    if (comparable && !refusable && !isTheSame(outcome.end())) {
      broken.add("P1: it ends otherwise than without the fault: " + outcome.end());
    }
    return broken.isEmpty() ? Optional.empty() : Optional.of(new Trouble(shape, plan, broken));
  }

  /**
   * A Secret that could not be rewritten for the fault's sake may stay where it is, and is named.
   */
  private boolean isTheSame(Course.End end) {
    Course.End usual = baseline.outcome().end();
    return end.onNewest() == usual.onNewest()
        && end.secrets() == usual.secrets()
        && end.contents() == usual.contents()
        && end.underNewest() + end.exceptions() >= usual.underNewest() + usual.exceptions();
  }

  /** Promise P3. */
  private boolean isAtMostTwice(Course.Effects effects) {
    Course.Effects usual = baseline.outcome().effects();
    return effects.writes() <= 2 * usual.writes()
        && effects.updates() <= 2 * usual.updates()
        && effects.versions() <= 2 * usual.versions();
  }
}
