package dev.rekey.kubernetes;

import java.time.Duration;

/**
 * How long a request may take, and what we call ourselves.
 *
 * @param connect for a connection to be made, TLS included; client-java's own limit is the same
 * @param patch for one empty patch, from sending to the whole answer
 * @param list for one page of a list, or the leases
 * @param metrics for one {@code /metrics}: 1 to 5 MB
 * @param userAgent what audit logs show, for example {@code rekey/1.2.0}
 */
public record ConnectionSettings(
    Duration connect, Duration patch, Duration list, Duration metrics, String userAgent) {

  /** 10 s to connect, 60 s for a patch or a page, 30 s for metrics. */
  public static ConnectionSettings defaults(String version) {
    return new ConnectionSettings(
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        Duration.ofSeconds(60),
        Duration.ofSeconds(30),
        "rekey/" + version);
  }
}
