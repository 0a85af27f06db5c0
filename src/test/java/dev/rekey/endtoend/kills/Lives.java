package dev.rekey.endtoend.kills;

import static dev.rekey.endtoend.kills.Calamity.API_SERVER_KILLED;
import static dev.rekey.endtoend.kills.Calamity.DISK_STALLS;
import static dev.rekey.endtoend.kills.Calamity.ETCD_KILLED;
import static dev.rekey.endtoend.kills.Calamity.KMS_AWAY;
import static dev.rekey.endtoend.kills.Calamity.KMS_AWAY_AT_START;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * All lives of one operation, drawn from a seed before it begins: the same seed gives the same
 * ones. What they meet differs all the same: real processes keep no time.
 */
final class Lives {
  private static final int LONGEST_START_MILLIS = 1_200;
  private static final int MOST_WRITES = 14;
  private static final int LONGEST_WORK_MILLIS = 2_500;

  /** An API server is away for about five seconds. */
  private static final int LONGEST_OUTAGE_MILLIS = 6_500;

  private final Random random;
  private final List<Life> all = new ArrayList<>();

  private Lives(long seed) {
    random = new Random(seed);
  }

  /**
   * 55 lives, since one may end with its operation. The API server dies in 20 of them, two of these
   * late, when a proof is under way: a third round that is voided by it would be left to a person.
   */
  static List<Life> drawn(long seed) {
    Lives lives = new Lives(seed);
    lives.part(16, 2, 4, 3, 4, 13);
    lives.part(2, 0, 1, 0, 1, 9);
    return List.copyOf(lives.all);
  }

  private void part(int server, int serverAndKms, int etcd, int kms, int disk, int quiet) {
    List<Life> part = new ArrayList<>();
    add(part, server, API_SERVER_KILLED);
    add(part, serverAndKms, KMS_AWAY_AT_START);
    add(part, etcd, ETCD_KILLED);
    add(part, kms, KMS_AWAY);
    add(part, disk, DISK_STALLS);
    for (int number = 0; number < quiet; number++) {
      part.add(number % 3 == 0 ? atStart() : atRecord());
    }
    Collections.shuffle(part, random);
    all.addAll(part);
  }

  private void add(List<Life> part, int times, Calamity calamity) {
    for (int number = 0; number < times; number++) {
      part.add(atWork(calamity));
    }
  }

  /** Of all orders of magnitude from 5 ms on. */
  private Life atStart() {
    double least = Math.log(5);
    double most = Math.log(LONGEST_START_MILLIS);
    long millis = Math.round(Math.exp(least + random.nextDouble() * (most - least)));
    return life(Life.Moment.STARTED, 0, Duration.ofMillis(millis), null);
  }

  /** At once, or within the two milliseconds that a write takes on a slow machine. */
  private Life atRecord() {
    int writes = 1 + random.nextInt(MOST_WRITES);
    int nanos = random.nextInt(2_000_000);
    Duration delay = random.nextBoolean() ? Duration.ZERO : Duration.ofNanos(nanos);
    return life(Life.Moment.RECORD_WRITTEN, writes, delay, null);
  }

  private Life atWork(Calamity calamity) {
    boolean outage = calamity == API_SERVER_KILLED || calamity == KMS_AWAY_AT_START;
    int longest = outage ? LONGEST_OUTAGE_MILLIS : LONGEST_WORK_MILLIS;
    return life(Life.Moment.AT_WORK, 0, Duration.ofMillis(random.nextInt(longest)), calamity);
  }

  private Life life(Life.Moment moment, int writes, Duration delay, @Nullable Calamity calamity) {
    Duration before = Duration.ofMillis(random.nextInt(1_000));
    return new Life(
        moment, writes, delay, calamity, before, random.nextLong(), random.nextBoolean());
  }
}
