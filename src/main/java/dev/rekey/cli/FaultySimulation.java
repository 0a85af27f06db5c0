package dev.rekey.cli;

import dev.rekey.app.simulated.Course;
import dev.rekey.app.simulated.Setup;
import dev.rekey.simulation.fault.FaultPlan;
import dev.rekey.simulation.fault.OutsideCalls;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Plays the function app through a plan of faults, and tells which promises held. */
final class FaultySimulation {
  private final Setup setup;
  private final FaultPlan plan;
  private final boolean everything;
  private final List<String> told = new ArrayList<>();
  private final Set<Integer> happened = new HashSet<>();

  /**
   * @param everything whether each call is told, not only what goes wrong
   */
  FaultySimulation(Setup setup, FaultPlan plan, boolean everything) {
    this.setup = setup;
    this.plan = plan;
    this.everything = everything;
  }

  /** The exit code. */
  int play(PrintStream out, PrintStream err) {
    Course.Outcome outcome =
        Course.of(
            setup.facing(plan).watched(this::note).logging(everything ? out::println : told::add));
    told.stream().filter(line -> line.contains(" ! ")).forEach(out::println);
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
    return exitCode(outcome, err);
  }

  private void note(OutsideCalls.Observed observed) {
    if (observed.fault().isPresent()) {
      happened.add(observed.call().number());
    }
  }

  /** A broken promise is what was looked for: a slip in the plan must not hide it. */
  private int exitCode(Course.Outcome outcome, PrintStream err) {
    Optional<BadOption> slip = slip(outcome.calls());
    if (outcome.violations().isEmpty()) {
      slip.ifPresent(FaultySimulation::refuse);
      return ExitCode.DONE;
    }
    slip.ifPresent(bad -> err.println("rekey: " + bad.getMessage()));
    return ExitCode.FAILED;
  }

  private static void refuse(BadOption bad) {
    throw bad;
  }

  /** A fault that meets no call tells nothing, and is more likely a mistake. */
  private Optional<BadOption> slip(int calls) {
    List<String> missed =
        plan.faults().entrySet().stream()
            .filter(fault -> !happened.contains(fault.getKey()))
            .map(fault -> fault.getKey() + ":" + fault.getValue().token())
            .toList();
    String expected =
        "calls that this world makes, it made "
            + calls
            + ", and faults that can happen there; --calls tells them";
    return missed.isEmpty()
        ? Optional.empty()
        : Optional.of(new BadOption("--faults " + String.join(",", missed), expected));
  }
}
