package dev.rekey.operation.step;

import dev.rekey.operation.Decision;
import dev.rekey.operation.FactKind;
import dev.rekey.operation.Facts;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Reason;
import java.util.Optional;
import java.util.Set;

/**
 * What must be so, beside the ledger's grounds, each time before an ARM update is sent: it was so
 * at the check, and may have changed since.
 */
interface BeforeSending {

  /** Why nothing may be sent, by what ARM alone shows; empty if it may. */
  Optional<Decision> atOnce(Facts facts);

  /** What is to be seen besides before one is sent. */
  Set<FactKind> needs(Facts facts);

  /** Why nothing may be sent, by what was seen besides; empty if it may. */
  Optional<Decision> objection(Facts facts);

  /** That an update of somebody else has failed; empty once one of ours may have been sent. */
  static Optional<Decision> failedByAnother(Facts facts) {
    ManagedCluster cluster = facts.requireCluster();
    boolean othersFailed = !cluster.hasSucceeded() && !facts.operation().mayHaveUpdated();
    return othersFailed
        ? Optional.of(new Decision.Stall(Reason.CLUSTER_FAILED, cluster.resourceId()))
        : Optional.empty();
  }
}
