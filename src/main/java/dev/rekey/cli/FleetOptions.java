package dev.rekey.cli;

import dev.rekey.app.simulated.fleet.FleetShape;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options with which a year of a fleet is played. */
final class FleetOptions {
  private static final int YEAR = 365;

  @Option(
      names = "--fleet",
      paramLabel = "N",
      description =
          "Plays a year of a fleet of so many clusters, with all that people, outages and other"
              + " clients do to it. The last line tells what came of it; exit code 0 only if every"
              + " cluster ends proved and no promise was broken.")
  private @Nullable Integer fleet;

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "For how many days a fleet is played, the last ten quiet. Default: 365.")
  private @Nullable Integer days;

  boolean areGiven() {
    return fleet != null || days != null;
  }

  /** What they ask for; any shape if something is among what is bad. */
  FleetShape shape(long seed, BadOptions bad) {
    int clusters = fleet == null ? 0 : fleet;
    int forDays = days == null ? YEAR : days;
    if (fleet == null) {
      bad.add("--days", "--fleet beside it");
    } else if (clusters < 1 || clusters > FleetShape.MOST_CLUSTERS) {
      bad.add("--fleet " + clusters, "a number from 1 to " + FleetShape.MOST_CLUSTERS);
    }
    if (forDays < FleetShape.LEAST_DAYS || forDays > FleetShape.MOST_DAYS) {
      bad.add(
          "--days " + forDays,
          "a number from " + FleetShape.LEAST_DAYS + " to " + FleetShape.MOST_DAYS);
    }
    return bad.areAny()
        ? new FleetShape(1, FleetShape.LEAST_DAYS, seed)
        : new FleetShape(clusters, forDays, seed);
  }
}
