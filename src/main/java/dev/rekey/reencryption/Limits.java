package dev.rekey.reencryption;

import java.time.Duration;

/**
 * How much is done at once.
 *
 * @param inFlight requests in flight per cluster, all shards together; at least 1
 * @param pacing whether that is a fixed number, or the most that is ever allowed
 * @param parallelShards shards of a cluster that work at the same time; at least 1
 * @param shardSize Secrets in a shard, at most
 * @param shardTime how long a shard works before it saves its tally and hands on the rest
 */
public record Limits(
    int inFlight, Pacing pacing, int parallelShards, int shardSize, Duration shardTime) {

  /**
   * How long a shard may be out before it counts as lost: a killed instance's message comes back
   * after ten minutes.
   */
  public static final Duration LOST_AFTER = Duration.ofMinutes(15);

  /** Several instances share the work. */
  public static final Limits FLEET =
      new Limits(32, Pacing.ADAPTIVE, 4, 1000, Duration.ofMinutes(4));

  /** One process does all of it, one shard after another with the whole limit. */
  public static final Limits ALONE =
      new Limits(32, Pacing.ADAPTIVE, 1, 2500, Duration.ofMinutes(4));

  public Limits {
    if (inFlight < 1 || parallelShards < 1 || shardSize < 1) {
      throw new IllegalArgumentException("each limit must be at least 1");
    }
  }

  /** With another number that is never passed. */
  public Limits atMost(int number) {
    return new Limits(number, pacing, parallelShards, shardSize, shardTime);
  }

  /** With a number that is kept, whatever others feel of it. */
  public Limits fixed(int number) {
    return new Limits(number, Pacing.FIXED, parallelShards, shardSize, shardTime);
  }

  /** The share of each shard when some work at the same time. */
  public int share(int shardsAtWork) {
    return Math.max(1, inFlight / Math.max(1, shardsAtWork));
  }
}
