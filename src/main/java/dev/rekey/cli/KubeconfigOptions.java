package dev.rekey.cli;

import dev.rekey.app.commandline.KubeconfigRekey;
import dev.rekey.reencryption.Limits;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the commands that work on a real cluster. */
final class KubeconfigOptions {
  private static final int MOST_IN_FLIGHT = 500;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description =
          "The kubeconfig of the cluster. Default: the file in $KUBECONFIG, or ~/.kube/config.")
  private @Nullable Path kubeconfig;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "Its context. Default: the current one.")
  private @Nullable String context;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      description =
          "Requests in flight, 1 to 500, whatever others feel of it. Default: as many as leave the"
              + " API server's other clients well, 32 at most.")
  private @Nullable Integer inFlight;

  @Option(
      names = "--records",
      paramLabel = "FOLDER",
      description =
          "Where operations and evidence are kept, so that the command can be stopped and typed"
              + " again. Default: rekey in your state folder (~/.local/state).")
  private @Nullable Path records;

  @Option(
      names = "--patience",
      paramLabel = "DURATION",
      defaultValue = "12h",
      converter = DurationOption.class,
      description = "How long to go on at most, such as 30m. Default: 12h.")
  @SuppressWarnings("NullAway.Init")
  private Duration patience;

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init")
  private OutputFormat output;

  KubeconfigRekey open() {
    Path folder = records == null ? StateFolder.standard() : records;
    return KubeconfigRekey.open(file(), context, folder, limits());
  }

  /** One that wasn't named is told: its current cluster may not be the one that was meant. */
  private Path file() {
    if (kubeconfig != null) {
      return kubeconfig;
    }
    Path standard =
        StandardKubeconfig.of(
            System.getenv("KUBECONFIG"), Path.of(System.getProperty("user.home")));
    System.err.println(
        "rekey: kubeconfig "
            + standard
            + ", "
            + (context == null ? "its current context" : context));
    return standard;
  }

  private Limits limits() {
    Integer number = inFlight;
    if (number == null) {
      return Limits.ALONE;
    }
    if (number < 1 || number > MOST_IN_FLIGHT) {
      throw new BadOption("--in-flight " + number, "a number from 1 to 500, such as 32");
    }
    return Limits.ALONE.fixed(number);
  }

  Duration patience() {
    return patience;
  }

  OutputFormat output() {
    return output;
  }
}
