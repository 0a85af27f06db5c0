package dev.rekey.reencryption;

import java.time.Instant;

/**
 * How long a write pass and its proof will take, predicted from a few dry-run patches. What is
 * waited for before (an update in ARM, API servers that take up a key) isn't in it.
 *
 * @param at when it was made
 * @param secrets how many Secrets there are
 * @param shards how many shards they make
 * @param sampled how many dry-run patches it rests on
 * @param looksPerSecond how fast these were answered, with as many in flight as a pass would have;
 *     0 if there was nothing to measure
 */
public record Estimate(Instant at, long secrets, int shards, int sampled, double looksPerSecond) {

  /**
   * A dry run reads a Secret and writes nothing, as a proof does. A look that writes takes about
   * 1.6 times as long on an API server that is busy with nothing else (1,016 to 1,687 against 1,600
   * to 2,725 in a second, measured). It is taken that all Secrets are stale: where they aren't, the
   * write pass is as fast as the proof.
   */
  private static final double LONGER_TO_WRITE = 1.6;

  /** Lists, probes and scrapes, whatever the number of Secrets. */
  private static final double BESIDES = 1;

  /** A list of all Secrets, at about 50,000 in a second, for each of the two passes. */
  private static final double LISTED_PER_SECOND = 50_000;

  /** Write and proof together, rounded up; at least 1. */
  public long seconds() {
    double looking = looksPerSecond > 0 ? secrets * (1 + LONGER_TO_WRITE) / looksPerSecond : 0;
    return (long) Math.ceil(BESIDES + 2 * secrets / LISTED_PER_SECOND + looking);
  }
}
