package dev.rekey.service;

import dev.rekey.operation.Ending;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.service.port.Conflict;
import dev.rekey.service.port.Stored;
import java.util.Set;

/**
 * Ends what Rekey began by itself and what waits for approval, where somebody else has given the
 * cluster other settings of KMS meanwhile: the plan that a person is asked about can't be carried
 * out any more, and while it keeps the cluster's lock nobody notices what was changed.
 */
final class EndOutlived {
  private static final Set<Reason> ROOM_MADE = Set.of(Reason.GAVE_WAY, Reason.CLUSTER_MOVED);

  private final Ports ports;

  EndOutlived(Ports ports) {
    this.ports = ports;
  }

  /** Whether an operation has ended with nothing changed only because another was to begin. */
  static boolean hasMadeRoom(Operation operation) {
    Ending ending = operation.progress().ending();
    return ending != null
        && ending.outcome() == Ending.Outcome.CANCELLED
        && ROOM_MADE.contains(ending.reason());
  }

  /**
   * Looks at an active operation.
   *
   * @param listed as the look around has found the cluster, which may be older than the operation
   * @return whether it has ended
   */
  boolean end(Stored<Operation> active, ManagedCluster listed) {
    Operation operation = active.value();
    if (!isWaiting(operation) || !hasLeft(listed, operation)) {
      return false;
    }
    ManagedCluster now = ports.clusters().read(listed.name());
    return hasLeft(now, operation) && end(active, ended(operation, now));
  }

  private static boolean isWaiting(Operation operation) {
    Pending pending = operation.progress().pending();
    return operation.mayGiveWay()
        && operation.managed()
        && pending != null
        && pending.reason() == Reason.AWAITING_APPROVAL;
  }

  private static boolean hasLeft(ManagedCluster cluster, Operation operation) {
    return cluster.isSettled() && !cluster.isAt(operation.before());
  }

  private Ending ended(Operation operation, ManagedCluster now) {
    return new Ending(
        Ending.Outcome.CANCELLED,
        Reason.CLUSTER_MOVED,
        "KMS was " + operation.before() + " and is " + now.kms(),
        null,
        ports.time().instant());
  }

  private boolean end(Stored<Operation> active, Ending ending) {
    Operation operation = active.value();
    try {
      ports.records().end(active.with(operation.with(operation.progress().with(ending))));
      ports.signals().count("operation-ended", ending.outcome().token());
      return true;
    } catch (Conflict hasGoneOn) {
      return false;
    }
  }
}
