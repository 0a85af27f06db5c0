package dev.rekey.cli;

import dev.rekey.app.commandline.OneProcess;
import dev.rekey.app.commandline.SimulatedRekey;
import dev.rekey.operation.Operation;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Plays a rotation in a simulated world, from the event that Key Vault sends to the evidence. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Plays a rotation from Key Vault's event to the evidence, in a simulated Azure and cluster.",
      "Nothing outside this process is touched. Times are the simulated world's."
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
      defaultValue = "2000",
      description = "Secrets of 1 KiB. Default: ${DEFAULT-VALUE}.")
  private int secrets;

  @Option(
      names = "--namespaces",
      paramLabel = "N",
      defaultValue = "40",
      description = "Namespaces that they lie in. Default: ${DEFAULT-VALUE}.")
  private int namespaces;

  @Option(
      names = "--replicas",
      paramLabel = "N",
      defaultValue = "2",
      description = "API servers. Default: ${DEFAULT-VALUE}.")
  private int replicas;

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
    ShowProgress progress = ShowProgress.forFormat(output, ZoneOffset.UTC);
    SimulatedRekey world =
        new SimulatedRekey(new SimulatedRekey.Shape(seed, secrets, namespaces, replicas));
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
    check("--secrets", secrets, 0, MOST_SECRETS);
    check("--namespaces", namespaces, 1, MOST_NAMESPACES);
    check("--replicas", replicas, 1, MOST_REPLICAS);
  }

  private static void check(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new BadOption(option + " " + value, "a number from " + least + " to " + most);
    }
  }
}
