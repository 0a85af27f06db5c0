package dev.rekey.simulation.cluster.replica;

import dev.rekey.simulation.cluster.encryption.Sha256;
import java.time.Duration;
import java.time.Instant;

/**
 * The lease by which an API server says who it is and that it lives. It is renewed every 10 s, but
 * counts as held for an hour after its server has died.
 */
public final class IdentityLease {
  private static final Duration RENEWAL = Duration.ofSeconds(10);
  private static final Duration HELD_FOR = Duration.ofHours(1);

  private final String name;
  private final String idHash;
  private Instant since;
  private Instant until = Instant.MAX;

  IdentityLease(String host, Instant now) {
    name = "apiserver-" + Sha256.hex(host).substring(0, 26);
    idHash = Sha256.label(name);
    since = now;
  }

  public String name() {
    return name;
  }

  /** The {@code apiserver_id_hash} label of its server's metrics. */
  public String idHash() {
    return idHash;
  }

  /** When it was last renewed, or first taken. */
  public Instant renewedAt(Instant now) {
    Instant end = now.isBefore(until) ? now : until;
    long renewals = Duration.between(since, end).toMillis() / RENEWAL.toMillis();
    return since.plusMillis(renewals * RENEWAL.toMillis());
  }

  /** Whether it is still there; those long dead are swept up. */
  public boolean existsAt(Instant now) {
    return now.isBefore(renewedAt(now).plus(HELD_FOR));
  }

  void take(Instant now) {
    since = now;
    until = Instant.MAX;
  }

  void leave(Instant now) {
    until = now;
  }
}
