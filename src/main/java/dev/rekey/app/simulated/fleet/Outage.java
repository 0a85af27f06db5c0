package dev.rekey.app.simulated.fleet;

import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/**
 * An outside system that is away for a while.
 *
 * @param clusters whose API servers; none for other systems
 * @param stopped whether those API servers are stopped; otherwise nobody reaches them
 */
record Outage(Away away, Instant from, Instant until, Set<Integer> clusters, boolean stopped) {
  Outage {
    clusters = Set.copyOf(clusters);
  }

  /** What can be away. */
  enum Away {
    ARM,
    /** For Rekey and for API servers alike. */
    VAULT,
    API_SERVERS,
    /** Tables, and queues to which something is sent; what is in a queue is delivered still. */
    STORAGE,
    /** Events come later, or not at all. */
    EVENT_GRID;

    String token() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
