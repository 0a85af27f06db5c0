package dev.rekey.service;

import dev.rekey.key.Cloud;
import dev.rekey.operation.Mode;
import java.time.Duration;
import java.time.Period;
import org.jspecify.annotations.Nullable;

/**
 * How much Rekey does by itself.
 *
 * @param cloud whose vaults it talks to
 * @param mode for all clusters; a cluster's tag can make it more cautious
 * @param createsVersions whether it makes a new key version when the one in use is about to expire;
 *     otherwise it only says so
 * @param extendsPrevious whether it moves the expiry of the previous slot's version on when that is
 *     about to expire; otherwise it only says so
 * @param censusEvery how often each cluster's Secrets are counted; null for never
 * @param mostOperations how many operations of the whole fleet may be under way before no more is
 *     begun by itself; one that a person asks for is begun all the same
 * @param lookEvery how long there is between two looks of the timer around the fleet
 */
public record Conduct(
    Cloud cloud,
    Mode mode,
    boolean createsVersions,
    boolean extendsPrevious,
    @Nullable Period censusEvery,
    int mostOperations,
    Duration lookEvery) {

  /** As {@code functions.Reconcile} is scheduled. */
  public static final Duration LOOK_EVERY = Duration.ofMinutes(10);

  /** Enough for a fleet, and few enough for people to look after them. */
  public static final int MOST_OPERATIONS = 10;

  /** Rotates by itself, and counts only when asked to. */
  public static Conduct auto(Cloud cloud) {
    return new Conduct(cloud, Mode.AUTO, true, false, null, MOST_OPERATIONS, LOOK_EVERY);
  }

  public Conduct with(Mode other) {
    return new Conduct(
        cloud, other, createsVersions, extendsPrevious, censusEvery, mostOperations, lookEvery);
  }

  /** Makes no key version, and says so instead. */
  public Conduct creatingNone() {
    return new Conduct(cloud, mode, false, extendsPrevious, censusEvery, mostOperations, lookEvery);
  }

  /** Moves the expiry of the previous slot's version on. */
  public Conduct extendingPrevious() {
    return new Conduct(cloud, mode, createsVersions, true, censusEvery, mostOperations, lookEvery);
  }

  public Conduct counting(Period every) {
    return new Conduct(
        cloud, mode, createsVersions, extendsPrevious, every, mostOperations, lookEvery);
  }

  public Conduct atMost(int operations) {
    return new Conduct(
        cloud, mode, createsVersions, extendsPrevious, censusEvery, operations, lookEvery);
  }

  public Conduct looking(Duration every) {
    return new Conduct(
        cloud, mode, createsVersions, extendsPrevious, censusEvery, mostOperations, every);
  }
}
