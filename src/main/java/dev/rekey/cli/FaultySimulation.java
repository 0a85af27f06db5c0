package dev.rekey.cli;

import dev.rekey.app.simulated.Course;
import dev.rekey.app.simulated.Setup;
import dev.rekey.app.simulated.Shape;
import dev.rekey.simulation.fault.FaultPlan;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Plays the function app through a plan of faults, and tells which promises held. */
final class FaultySimulation {
  private final Shape shape;
  private final FaultPlan plan;
  private final boolean everything;
  private final List<String> happened = new ArrayList<>();

  /**
   * @param everything whether each call is told, not only what goes wrong
   */
  FaultySimulation(Shape shape, FaultPlan plan, boolean everything) {
    this.shape = shape;
    this.plan = plan;
    this.everything = everything;
  }

  /** The exit code. */
  int play(PrintStream out) {
    Course.Outcome outcome =
        Course.of(Setup.of(shape).facing(plan).logging(everything ? out::println : happened::add));
    happened.stream().filter(line -> line.contains(" ! ")).forEach(out::println);
    out.printf(
        "%d calls; %d Secrets rewritten, %d updates of the cluster, %d key versions made%n",
        outcome.calls(),
        outcome.effects().writes(),
        outcome.effects().updates(),
        outcome.effects().versions());
    outcome.violations().forEach(violation -> out.println("broken: " + violation));
    if (outcome.violations().isEmpty()) {
      out.println("every promise held");
    }
    return outcome.violations().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
  }
}
