package dev.rekey.cli;

import dev.rekey.app.simulated.Arrival;
import dev.rekey.app.simulated.Scenario;
import dev.rekey.app.simulated.Setup;
import dev.rekey.app.simulated.Shape;
import dev.rekey.simulation.fault.FaultPlan;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options with which the function app is played, not the one process of the command line. */
final class ScenarioOptions {
  /** A world is over some hours after its last event: one that comes later would never come. */
  private static final Duration MOST_APART = Duration.ofHours(1);

  @Option(
      names = "--faults",
      paramLabel = "PLAN",
      description =
          "What goes wrong at which call to the outside, such as 17:crash-before,23:busy; empty for"
              + " nothing. Tests print such a line for what they find.")
  private @Nullable String faults;

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      completionCandidates = Tokens.class,
      description =
          "What is simulated, with nothing going wrong unless --faults says so; one of"
              + " ${COMPLETION-CANDIDATES}. Default: rotate.")
  private @Nullable String scenario;

  @Option(
      names = "--events",
      paramLabel = "EVENTS",
      description =
          "Events that arrive instead of the vault's, in this order, by type and version of the"
              + " key, of which there are three then: created:2,near-expiry:1,expired:2. Only with"
              + " --scenario rotate.")
  private @Nullable String events;

  @Option(
      names = "--apart",
      paramLabel = "DURATION",
      description = "The time between two of --events, such as 100s, up to 1h. Default: none.")
  private @Nullable String apart;

  @Option(
      names = "--disorder",
      description = "Queues of the scenario deliver in no order, and events come late.")
  private boolean disorder;

  @Option(
      names = "--calls",
      description = "Tells every call of the scenario and everything else that happens.")
  private boolean calls;

  /** The tokens of all scenarios: no list of them is written by hand, to go stale. */
  static final class Tokens implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(Scenario.values()).map(Scenario::token).iterator();
    }
  }

  boolean areGiven() {
    return faults != null
        || scenario != null
        || events != null
        || apart != null
        || disorder
        || calls;
  }

  boolean areOrderly() {
    return !disorder;
  }

  /** The scenario that is asked for; any if it is among what is bad. */
  Scenario scenario(BadOptions bad) {
    if (scenario == null) {
      return Scenario.ROTATE;
    }
    return Scenario.ofToken(scenario)
        .orElseGet(
            () -> {
              bad.add("--scenario " + scenario, "one of " + String.join(", ", new Tokens()));
              return Scenario.ROTATE;
            });
  }

  /** What they ask for, if nothing of it is bad. */
  FaultySimulation simulation(Shape shape, BadOptions bad) {
    return new FaultySimulation(setup(shape, bad), plan(bad), calls);
  }

  private FaultPlan plan(BadOptions bad) {
    try {
      return FaultPlan.parse(faults == null ? "" : faults);
    } catch (FaultPlan.Unreadable unreadable) {
      bad.add("--faults", "a plan such as 17:crash-before,23:busy; " + unreadable.getMessage());
      return FaultPlan.NONE;
    }
  }

  private Setup setup(Shape shape, BadOptions bad) {
    Setup setup = Setup.of(shape);
    Duration time = apart == null ? Duration.ZERO : apart(apart, bad);
    if (events == null) {
      if (apart != null) {
        bad.add("--apart", "--events beside it");
      }
      return setup;
    }
    List<Arrival> arrivals = EventsOption.parse(events, bad);
    if (shape.scenario() != Scenario.ROTATE) {
      bad.add("--events", "--scenario rotate beside it, not " + shape.scenario().token());
    }
    return setup.meeting(arrivals, time);
  }

  private static Duration apart(String text, BadOptions bad) {
    try {
      Duration time = new DurationOption().convert(text);
      if (time.compareTo(MOST_APART) <= 0) {
        return time;
      }
    } catch (TypeConversionException noTime) {
      // The same message as for one that is too long.
    }
    bad.add("--apart " + text, "a time above zero and up to 1h, such as 100s or PT100S");
    return Duration.ZERO;
  }
}
