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
      required = true,
      description = "The kubeconfig of the cluster.")
  @SuppressWarnings("NullAway.Init")
  private Path kubeconfig;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "Its context. Default: the current one.")
  private @Nullable String context;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      defaultValue = "32",
      description = "Requests in flight at most, 1 to 500. Default: ${DEFAULT-VALUE}.")
  private int inFlight;

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
      defaultValue = "PT12H",
      description = "How long to go on at most, such as PT30M. Default: ${DEFAULT-VALUE}.")
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
    if (inFlight < 1 || inFlight > MOST_IN_FLIGHT) {
      throw new BadOption("--in-flight " + inFlight, "a number from 1 to 500, such as 32");
    }
    Limits limits = Limits.ALONE.withInFlight(inFlight);
    Path folder = records == null ? StateFolder.standard() : records;
    return KubeconfigRekey.open(kubeconfig, context, folder, limits);
  }

  Duration patience() {
    return patience;
  }

  OutputFormat output() {
    return output;
  }
}
