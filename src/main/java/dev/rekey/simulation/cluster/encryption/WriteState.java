package dev.rekey.simulation.cluster.encryption;

import java.time.Duration;
import java.time.Instant;

/**
 * What a KMS provider writes with: a data key and its wrapped form. Good for three minutes after
 * the plugin was last found well, so that writing goes on through a short failure but not through a
 * long one.
 */
final class WriteState {
  private static final Duration LIFETIME = Duration.ofMinutes(3);

  private final DataKey dataKey;
  private final WrappedKey wrapped;
  private Instant expires;

  WriteState(DataKey dataKey, WrappedKey wrapped, Instant now) {
    this.dataKey = dataKey;
    this.wrapped = wrapped;
    this.expires = now.plus(LIFETIME);
  }

  void extend(Instant now) {
    expires = now.plus(LIFETIME);
  }

  boolean isExpiredAt(Instant now) {
    return now.isAfter(expires);
  }

  Instant expires() {
    return expires;
  }

  DataKey dataKey() {
    return dataKey;
  }

  WrappedKey wrapped() {
    return wrapped;
  }
}
