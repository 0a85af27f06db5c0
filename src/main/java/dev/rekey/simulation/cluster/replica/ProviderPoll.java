package dev.rekey.simulation.cluster.replica;

import dev.rekey.simulation.cluster.encryption.Transformers;
import dev.rekey.simulation.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;

/**
 * Asks the plugin of one provider for its status: each minute, ten seconds after a failure, and
 * when readiness is asked for.
 */
final class ProviderPoll {
  private static final Duration AFTER_SUCCESS = Duration.ofMinutes(1);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

  /** How long a health check believes the last answer. */
  private static final Duration BELIEVED_WELL = Duration.ofSeconds(20);

  private static final Duration BELIEVED_ILL = Duration.ofSeconds(3);

  private final Transformers transformers;
  private final int provider;
  private final VirtualTime time;
  private boolean well;
  private boolean stopped;
  private Instant askedAt = Instant.MIN;

  ProviderPoll(Transformers transformers, int provider, VirtualTime time) {
    this.transformers = transformers;
    this.provider = provider;
    this.time = time;
  }

  void start() {
    if (!stopped) {
      time.after(ask() ? AFTER_SUCCESS : AFTER_FAILURE, this::start);
    }
  }

  void stop() {
    stopped = true;
  }

  boolean ask() {
    return askAt(time.instant());
  }

  /** Asks as it would have asked last by now, had it asked each minute. */
  void catchUp() {
    Duration every = well ? AFTER_SUCCESS : AFTER_FAILURE;
    long missed = stopped ? 0 : Duration.between(askedAt, time.instant()).dividedBy(every);
    if (missed > 0) {
      askAt(askedAt.plus(every.multipliedBy(missed)));
    }
  }

  private boolean askAt(Instant when) {
    askedAt = when;
    well = transformers.poll(provider, askedAt);
    return well;
  }

  boolean isHealthy() {
    Instant believedUntil = askedAt.plus(well ? BELIEVED_WELL : BELIEVED_ILL);
    return time.instant().isBefore(believedUntil) ? well : ask();
  }
}
