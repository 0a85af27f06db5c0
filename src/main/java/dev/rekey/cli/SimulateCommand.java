package dev.rekey.cli;

import dev.rekey.app.commandline.OneProcess;
import dev.rekey.app.commandline.SimulatedRekey;
import dev.rekey.app.simulated.Scenario;
import dev.rekey.app.simulated.Shape;
import dev.rekey.app.simulated.fleet.FleetShape;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Plays a rotation in a simulated world, from the event that Key Vault sends to the evidence. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Plays a rotation from Key Vault's event to the evidence, in a simulated Azure and cluster.",
      "Nothing outside this process is touched. Times are the simulated world's.",
      "With --scenario, --faults, --events, --disorder or --calls the function app is played"
          + " instead, with queues, a timer and whatever goes wrong at its calls, and it is told"
          + " which promises were broken: none, exit code 0.",
      "With --fleet a year of a whole fleet is played."
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

  @Option(names = "--replicas", paramLabel = "N", description = "API servers. Default: 2.")
  private @Nullable Integer replicas;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      completionCandidates = KindOption.Tokens.class,
      description =
          "The kind of operation, one of ${COMPLETION-CANDIDATES}. All but rotate a simulated"
              + " person asks for. Default: rotate.")
  private @Nullable String kind;

  @Mixin private final FleetOptions fleet = new FleetOptions();

  @Mixin private final ScenarioOptions asked = new ScenarioOptions();

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init")
  private OutputFormat output;

  @Override
  public Integer call() throws InterruptedException {
    BadOptions bad = new BadOptions();
    checkNumbers(bad);
    if (fleet.areGiven()) {
      return playFleet(bad);
    }
    if (asked.areGiven()) {
      return playFunctionApp(bad);
    }
    Kind wanted = kind == null ? Kind.ROTATE : KindOption.parse(kind, bad);
    bad.refuse();
    return play(wanted);
  }

  private int playFleet(BadOptions bad) {
    if (asked.areGiven()) {
      bad.add("--fleet", "no option of a scenario beside it");
    }
    if (kind != null || secrets != null || namespaces != null || replicas != null) {
      bad.add(
          "--fleet",
          "none of --kind, --secrets, --namespaces and --replicas beside it: each cluster has its"
              + " own");
    }
    FleetShape shape = fleet.shape(seed, bad);
    bad.refuse();
    return new FleetSimulation(shape, output).play(System.out, System.err);
  }

  private int playFunctionApp(BadOptions bad) {
    if (kind != null) {
      bad.add("--kind", "no option of a scenario beside it: --scenario says what is played");
    }
    Scenario scenario = asked.scenario(bad);
    Shape shape =
        new Shape(scenario, seed, secrets(12), namespaces(4), replicas(), asked.areOrderly());
    FaultySimulation simulation = asked.simulation(shape, bad);
    bad.refuse();
    return simulation.play(System.out, System.err);
  }

  private int secrets(int otherwise) {
    return secrets == null ? otherwise : secrets;
  }

  private int namespaces(int otherwise) {
    return namespaces == null ? otherwise : namespaces;
  }

  private int replicas() {
    return replicas == null ? 2 : replicas;
  }

  private int play(Kind wanted) throws InterruptedException {
    ShowProgress progress = ShowProgress.forFormat(output, ZoneOffset.UTC);
    SimulatedRekey world =
        new SimulatedRekey(
            new SimulatedRekey.Shape(seed, secrets(2_000), namespaces(40), replicas()), wanted);
    OneProcess process = world.process();
    Operation started = wanted == Kind.ROTATE ? rotate(world, progress) : world.ask();
    Operation ended = process.run(started, progress, Duration.ofDays(1));
    return new ShowResult(output, System.out, System.err).show(ended, process.evidence(ended));
  }

  private static Operation rotate(SimulatedRekey world, ShowProgress progress) {
    for (String event : world.makeNewVersion()) {
      progress.say("Key Vault sends: " + event);
      world.process().receive(event);
    }
    return world.process().unfinished(world.name()).orElseThrow();
  }

  private void checkNumbers(BadOptions bad) {
    check(bad, "--secrets", secrets(0), 0, MOST_SECRETS);
    check(bad, "--namespaces", namespaces(1), 1, MOST_NAMESPACES);
    check(bad, "--replicas", replicas(), 1, MOST_REPLICAS);
  }

  private static void check(BadOptions bad, String option, int value, int least, int most) {
    if (value < least || value > most) {
      bad.add(option + " " + value, "a number from " + least + " to " + most);
    }
  }
}
