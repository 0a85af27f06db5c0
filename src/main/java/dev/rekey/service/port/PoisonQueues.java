package dev.rekey.service.port;

import java.util.Map;

/**
 * The queues that hold what failed too often. Nothing takes messages from them: they are looked at.
 */
public interface PoisonQueues {

  /** For each queue that holds any, by its name: about how many. */
  Map<String, Long> counts();
}
