package dev.rekey.service;

import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.step.Plan;
import dev.rekey.operation.step.PlanHash;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.Records;

/**
 * How many operations of the whole fleet are under way that change something: whoever began them,
 * also those that stand still, since each may be half-way. A census changes nothing, and neither
 * does what waits for approval. Two instances that look at once may each begin one more.
 */
final class ChangesUnderWay {
  /** Why no other begins. The token is stable. */
  static final String AT_THEIR_LIMIT = "fleet-at-its-limit";

  private static final int NOT_COUNTED = -1;

  private final Records records;
  private final int most;
  private int count = NOT_COUNTED;

  /**
   * @param most as many may be under way before Rekey begins no other by itself
   */
  ChangesUnderWay(Records records, int most) {
    this.records = records;
    this.most = most;
  }

  /** Whether so many are under way that Rekey begins no other by itself. */
  boolean areAtTheirLimit() {
    return count() >= most;
  }

  /** For people. */
  String text() {
    return most + " operations are under way";
  }

  /** Counted when it is first asked for; what was begun since is noted. */
  private int count() {
    if (count == NOT_COUNTED) {
      count = 0;
      look();
    }
    return count;
  }

  void noteBegun(Operation operation) {
    if (count != NOT_COUNTED) {
      add(operation);
    }
  }

  private void look() {
    try {
      records.eachActive(this::add);
    } catch (OutsideFault silent) {
      count = NOT_COUNTED;
      throw silent;
    } catch (RuntimeException unreadable) {
      count++; // of another release; the timer's own look says so
    }
  }

  private void add(Operation operation) {
    boolean awaitsApproval =
        Plan.needsApproval(operation)
            && operation.canBeCancelled()
            && !PlanHash.isApproved(operation);
    if (operation.kind() != Kind.CENSUS && !awaitsApproval) {
      count++;
    }
  }
}
