package dev.rekey.cli;

import dev.rekey.app.commandline.OneProcess;
import dev.rekey.app.commandline.SimulatedRekey;
import dev.rekey.app.simulated.Scenario;
import dev.rekey.app.simulated.Setup;
import dev.rekey.app.simulated.Shape;
import dev.rekey.operation.Operation;
import dev.rekey.simulation.fault.FaultPlan;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Plays a rotation in a simulated world, from the event that Key Vault sends to the evidence. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Plays a rotation from Key Vault's event to the evidence, in a simulated Azure and cluster.",
      "Nothing outside this process is touched. Times are the simulated world's.",
      "With --faults the function app is played instead, with queues, a timer and whatever goes",
      "wrong at its calls, and it is told which promises were broken: none, exit code 0."
    })
final class SimulateCommand implements Callable<Integer> {
  private static final int MOST_SECRETS = 1_000_000;
  private static final int MOST_NAMESPACES = 10_000;
  private static final int MOST_REPLICAS = 9;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Another seed, another course of events. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--secrets",
      paramLabel = "N",
      description = "Secrets of 1 KiB. Default: 2000; of a scenario 12.")
  private @Nullable Integer secrets;

  @Option(
      names = "--namespaces",
      paramLabel = "N",
      description = "Namespaces that they lie in. Default: 40; of a scenario 4.")
  private @Nullable Integer namespaces;

  @Option(
      names = "--replicas",
      paramLabel = "N",
      defaultValue = "2",
      description = "API servers. Default: ${DEFAULT-VALUE}.")
  private int replicas;

  @Option(
      names = "--faults",
      paramLabel = "PLAN",
      description = {
        "What goes wrong at which call to the outside, such as 17:crash-before,23:busy; empty for",
        "nothing. Tests print such a line for what they find."
      })
  private @Nullable String faults;

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      description = {
        "What is simulated, with nothing going wrong unless --faults says so: rotate,",
        "rotate-stale, renew, reencrypt, census or forged. Default: rotate."
      })
  private @Nullable String scenario;

  @Option(
      names = "--disorder",
      description = "Queues of the scenario deliver in no order, and events come late.")
  private boolean disorder;

  @Option(
      names = "--calls",
      description = "Tells every call of the scenario and everything else that happens.")
  private boolean calls;

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init")
  private OutputFormat output;

  @Override
  public Integer call() throws InterruptedException {
    checkOptions();
    boolean ofFunctionApp = faults != null || scenario != null || disorder || calls;
    return ofFunctionApp ? playFaults(faults == null ? "" : faults) : playRotation();
  }

  private int playFaults(String text) {
    try {
      FaultPlan plan = FaultPlan.parse(text);
      return new FaultySimulation(Setup.of(shape()), plan, calls).play(System.out, System.err);
    } catch (FaultPlan.Unreadable unreadable) {
      throw new BadOption(
          "--faults", "a plan such as 17:crash-before,23:busy; " + unreadable.getMessage());
    }
  }

  private Shape shape() {
    Scenario wanted =
        Scenario.ofToken(scenario == null ? Scenario.ROTATE.token() : scenario)
            .orElseThrow(
                () ->
                    new BadOption(
                        "--scenario " + scenario,
                        "one of rotate, rotate-stale, renew, reencrypt, census, forged"));
    return new Shape(wanted, seed, secrets(12), namespaces(4), replicas, !disorder);
  }

  private int secrets(int otherwise) {
    return secrets == null ? otherwise : secrets;
  }

  private int namespaces(int otherwise) {
    return namespaces == null ? otherwise : namespaces;
  }

  private int playRotation() throws InterruptedException {
    ShowProgress progress = ShowProgress.forFormat(output, ZoneOffset.UTC);
    SimulatedRekey world =
        new SimulatedRekey(
            new SimulatedRekey.Shape(seed, secrets(2_000), namespaces(40), replicas));
    OneProcess process = world.process();
    for (String event : world.makeNewVersion()) {
      progress.say("Key Vault sends: " + event);
      process.receive(event);
    }
    Operation started = process.unfinished(world.name()).orElseThrow();
    Operation ended = process.run(started, progress, Duration.ofDays(1));
    return new ShowResult(output, System.out, System.err).show(ended, process.evidence(ended));
  }

  private void checkOptions() {
    check("--secrets", secrets(0), 0, MOST_SECRETS);
    check("--namespaces", namespaces(1), 1, MOST_NAMESPACES);
    check("--replicas", replicas, 1, MOST_REPLICAS);
  }

  private static void check(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new BadOption(option + " " + value, "a number from " + least + " to " + most);
    }
  }
}
