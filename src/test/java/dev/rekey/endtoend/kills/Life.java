package dev.rekey.endtoend.kills;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One start of Rekey's process and how it ends: {@code kill -9}, so long after a moment.
 *
 * @param moment from which the time counts
 * @param writes of records, for {@link Moment#RECORD_WRITTEN}: at which one, from 1
 * @param delay until it is killed; after the calamity, if there is one
 * @param calamity what befalls the cluster in between; only with {@link Moment#AT_WORK}
 * @param calamityAfter how long after it is at work
 * @param seed of what the calamity draws for itself
 * @param thenReady whether the next life begins when the API server is ready, not at once
 */
record Life(
    Moment moment,
    int writes,
    Duration delay,
    @Nullable Calamity calamity,
    Duration calamityAfter,
    long seed,
    boolean thenReady) {

  /** What is waited for. */
  enum Moment {
    /** The process has been started: it doesn't do anything yet. */
    STARTED,
    /** A file of its records has just appeared: it isn't whole, or not in its place yet. */
    RECORD_WRITTEN,
    /** It has taken up the operation: patches are in flight soon. */
    AT_WORK
  }

  boolean restartsApiServer() {
    return calamity == Calamity.API_SERVER_KILLED || calamity == Calamity.KMS_AWAY_AT_START;
  }

  /** Shorter, when the operation is ahead of its kills: all of it is to see some. */
  Life shortened() {
    Duration most = Duration.ofMillis(moment == Moment.AT_WORK ? 300 : 2);
    return new Life(
        moment,
        Math.min(writes, 4),
        delay.compareTo(most) < 0 || moment == Moment.STARTED ? delay : most,
        calamity,
        calamityAfter,
        seed,
        thenReady);
  }
}
