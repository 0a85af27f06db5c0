package dev.rekey.cli;

import dev.rekey.app.simulated.fleet.FleetShape;
import dev.rekey.app.simulated.fleet.FleetYear;
import java.io.PrintStream;

/** Plays a year of a fleet, and tells what came of it. */
final class FleetSimulation {
  private final FleetShape shape;
  private final OutputFormat format;

  FleetSimulation(FleetShape shape, OutputFormat format) {
    this.shape = shape;
    this.format = format;
  }

  /** The exit code. */
  int play(PrintStream out, PrintStream err) {
    FleetYear.Outcome outcome = FleetYear.of(shape);
    if (format == OutputFormat.TEXT) {
      outcome.log().forEach(out::println);
    }
    outcome.violations().forEach(violation -> err.println("broken: " + violation));
    out.println(format == OutputFormat.TEXT ? text(outcome) : json(outcome));
    return outcome.isAsPromised() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static String text(FleetYear.Outcome outcome) {
    String form =
        "%d of %d clusters proved; %d rotations, %d promises broken, %d operations stalled for a"
            + " time, %d events, %d outages; seed %d";
    return form.formatted(
        outcome.proved(),
        outcome.shape().clusters(),
        outcome.rotations(),
        outcome.violations().size(),
        outcome.stalled(),
        outcome.events(),
        outcome.outages(),
        outcome.shape().seed());
  }

  private static String json(FleetYear.Outcome outcome) {
    String form =
        "{\"clusters\":%d,\"proved\":%d,\"rotations\":%d,\"violations\":%d,\"stalled\":%d,"
            + "\"events\":%d,\"outages\":%d,\"seed\":%d}";
    return form.formatted(
        outcome.shape().clusters(),
        outcome.proved(),
        outcome.rotations(),
        outcome.violations().size(),
        outcome.stalled(),
        outcome.events(),
        outcome.outages(),
        outcome.shape().seed());
  }
}
