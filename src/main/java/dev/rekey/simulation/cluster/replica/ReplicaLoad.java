package dev.rekey.simulation.cluster.replica;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * How long requests take at one API server: a few workers, a queue before them, and a limit to the
 * queue.
 */
public final class ReplicaLoad {
  /** Service times vary between one half and three halves of the mean. */
  private static final double LEAST = 0.5;

  private final ReplicaSettings settings;
  private final RandomGenerator random;
  private final Instant[] freeAt;
  private int inFlight;

  ReplicaLoad(ReplicaSettings settings, RandomGenerator random) {
    this.settings = settings;
    this.random = random;
    this.freeAt = new Instant[settings.workers()];
    Arrays.fill(freeAt, Instant.MIN);
  }

  /** Whether one more request would be taken in rather than answered with 429. */
  public boolean admitsOneMore() {
    return settings.maxInFlight() == 0 || inFlight < settings.maxInFlight();
  }

  public int inFlight() {
    return inFlight;
  }

  /** Takes a request in. Has to be followed by {@link #end} when it is answered. */
  public Instant begin(Instant sent) {
    inFlight++;
    int worker = firstFree();
    Instant start = freeAt[worker].isAfter(sent) ? freeAt[worker] : sent;
    double spread = LEAST + random.nextDouble();
    Duration service = Duration.ofNanos((long) (settings.service().toNanos() * spread));
    freeAt[worker] = start.plus(service);
    return freeAt[worker].plus(settings.roundTrip());
  }

  public void end() {
    inFlight--;
  }

  /** When an answer that costs no work arrives. */
  public Instant refusedAt(Instant sent) {
    return sent.plus(settings.roundTrip());
  }

  private int firstFree() {
    int first = 0;
    for (int worker = 1; worker < freeAt.length; worker++) {
      if (freeAt[worker].isBefore(freeAt[first])) {
        first = worker;
      }
    }
    return first;
  }
}
