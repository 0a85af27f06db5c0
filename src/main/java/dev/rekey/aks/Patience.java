package dev.rekey.aks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.service.port.OutsideFault;
import java.time.Duration;

/**
 * Asks for the pages of one look through the scopes, and waits where ARM asks to come back later: a
 * throttled page costs some seconds, not all clusters of its scope until the next timer. A function
 * is paid for as long as it waits, so each wait is bounded, and all waits of the look together are.
 * For one thread.
 */
final class Patience {
  /** Above what ARM usually names for reads, whose allowance grows again by the second. */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

  /** A tenth of the time between two runs of the timer. */
  static final Duration ALL_WAITS = Duration.ofMinutes(1);

  /** Where ARM names less: so that the waits come to an end. */
  private static final Duration LEAST_WAIT = Duration.ofSeconds(1);

  private final ArmRequests requests;
  private final Waiting waiting;
  private Duration left = ALL_WAITS;

  Patience(ArmRequests requests, Waiting waiting) {
    this.requests = requests;
    this.waiting = waiting;
  }

  /**
   * The body of a page.
   *
   * @throws OutsideFault if it can't be had; with {@code BUSY} if ARM asks for more patience than
   *     there is
   */
  ObjectNode get(String doing, String address) {
    while (true) {
      try {
        return requests.get(doing, address);
      } catch (OutsideFault fault) {
        waitFor(doing, fault);
      }
    }
  }

  private void waitFor(String doing, OutsideFault fault) {
    Duration asked = fault.retryAfter();
    if (fault.kind() != OutsideFault.Kind.BUSY || asked == null) {
      throw fault;
    }
    Duration wait = asked.compareTo(LEAST_WAIT) < 0 ? LEAST_WAIT : asked;
    if (wait.compareTo(LONGEST_WAIT) > 0 || wait.compareTo(left) > 0) {
      throw fault;
    }
    left = left.minus(wait);
    try {
      waiting.pass(wait);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw ArmFaults.fault(
          OutsideFault.Kind.TIMED_OUT, doing, "the wait for its answer was interrupted");
    }
  }
}
