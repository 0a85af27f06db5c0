package dev.rekey.operation.step;

import dev.rekey.operation.Decision;
import dev.rekey.operation.Facts;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Reason;

/**
 * Somebody has given the cluster settings of KMS that are neither those that the operation found
 * nor those that it is to bring about: another key, another way to the vault, on or off.
 */
final class MovedElsewhere {
  private MovedElsewhere() {}

  static boolean isSo(Facts facts) {
    ManagedCluster cluster = facts.requireCluster();
    Operation operation = facts.operation();
    return !cluster.isAt(operation.before()) && !cluster.isAt(operation.after());
  }

  /**
   * Whether the cluster hasn't what the operation is to leave it with: asked where no update is to
   * come any more, so what is proved is no longer what is.
   */
  static boolean hasLeftTarget(Facts facts) {
    Operation operation = facts.operation();
    return operation.managed() && !facts.requireCluster().isAt(operation.after());
  }

  /** Whether ARM is at work on the cluster, on whatever somebody wants of it. */
  static boolean isUnderWay(Facts facts) {
    return facts.operation().managed() && !facts.requireCluster().isSettled();
  }

  /** Of a step before the update, on a cluster that isn't where the operation found it. */
  static Decision stallOrDone(Facts facts) {
    return isSo(facts) ? stall(facts) : new Decision.Done(Reason.KEY_ALREADY_MOVED);
  }

  /** With what was expected, and what is there. */
  static Decision.Stall stall(Facts facts) {
    Operation operation = facts.operation();
    return new Decision.Stall(
        Reason.CLUSTER_ON_ANOTHER_KEY,
        "KMS is "
            + facts.requireCluster().kms()
            + "; the operation leads from "
            + operation.before()
            + " to "
            + operation.after());
  }
}
