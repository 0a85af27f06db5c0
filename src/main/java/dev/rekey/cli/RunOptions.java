package dev.rekey.cli;

import dev.rekey.reencryption.Limits;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Options of everything that works on a real cluster: how hard, for how long, and what it keeps.
 */
final class RunOptions {
  private static final int MOST_IN_FLIGHT = 500;

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

  /** Those that were asked for; what can't be used is noted. */
  Limits limits(BadOptions bad) {
    Integer number = inFlight;
    if (number == null) {
      return Limits.ALONE;
    }
    if (number < 1 || number > MOST_IN_FLIGHT) {
      bad.add("--in-flight " + number, "a number from 1 to 500, such as 32");
      return Limits.ALONE;
    }
    return Limits.ALONE.fixed(number);
  }

  Path records() {
    return records == null ? StateFolder.standard() : records;
  }

  Duration patience() {
    return patience;
  }

  OutputFormat output() {
    return output;
  }
}
