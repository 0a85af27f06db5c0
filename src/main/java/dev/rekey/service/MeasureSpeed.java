package dev.rekey.service;

import dev.rekey.reencryption.Limits;
import dev.rekey.reencryption.Look;
import dev.rekey.reencryption.Pace;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.PatchMode;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.reencryption.Shard;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.PatchLane;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Measures how many looks a second the API servers answer, by dry-run patches of a few Secrets,
 * paced as in a pass. The first half opens the connections; only the second half is timed.
 */
final class MeasureSpeed {
  private static final Duration AT_MOST = Duration.ofSeconds(20);

  private final ApiServers servers;
  private final InstantSource time;
  private final Pace pace;

  MeasureSpeed(ApiServers servers, InstantSource time, Limits limits) {
    this.servers = servers;
    this.time = time;
    this.pace = limits.pacing().pace(limits.inFlight());
  }

  /** So many of them, evenly spread. */
  static List<SecretRef> pick(List<SecretRef> secrets, int most) {
    int count = Math.min(most, secrets.size());
    List<SecretRef> picked = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      picked.add(secrets.get((int) ((long) number * secrets.size() / count)));
    }
    return picked;
  }

  /** Looks per second; 0 if too few came back to tell. */
  double of(List<SecretRef> sample) {
    return of(sample, Instant.MAX);
  }

  /** The same, with an end that comes in any case. */
  double of(List<SecretRef> sample, Instant latest) {
    Instant begun = time.instant();
    if (sample.isEmpty() || !begun.isBefore(latest)) {
      return 0;
    }
    Instant end = begun.plus(AT_MOST).isBefore(latest) ? begun.plus(AT_MOST) : latest;
    try (Timed lane = new Timed(servers.openLane(PatchMode.DRY_RUN), time)) {
      new ShardRun(lane, PassKind.COUNT, pace, time, end, () -> true).work(Shard.of(0, sample));
      return perSecond(begun, lane.answered);
    }
  }

  private static double perSecond(Instant begun, List<Instant> answered) {
    int half = answered.size() / 2;
    Instant from = half == 0 ? begun : answered.get(half - 1);
    Instant to = answered.isEmpty() ? begun : answered.get(answered.size() - 1);
    double seconds = Duration.between(from, to).toNanos() / 1e9;
    return seconds > 0 ? (answered.size() - half) / seconds : 0;
  }

  /** A lane that notes when each answer came. */
  private static final class Timed implements PatchLane {
    private final PatchLane lane;
    private final InstantSource time;
    private final List<Instant> answered = new ArrayList<>();

    Timed(PatchLane lane, InstantSource time) {
      this.lane = lane;
      this.time = time;
    }

    @Override
    public void submit(SecretRef secret) {
      lane.submit(secret);
    }

    @Override
    public @Nullable Look take(Instant until) {
      Look look = lane.take(until);
      if (look != null) {
        answered.add(time.instant());
      }
      return look;
    }

    @Override
    public void close() {
      lane.close();
    }
  }
}
