package dev.rekey.app.simulated.fleet;

import java.time.Instant;

/**
 * What other clients, and the platform, do with a cluster in passing.
 *
 * @param choice decides which Secret or API server it is about
 */
record Errand(What what, int cluster, Instant at, int choice) {

  /** What is done. */
  enum What {
    EDIT,
    CREATE,
    DELETE,
    RESTART
  }
}
