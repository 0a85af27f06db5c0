package dev.rekey.service;

import dev.rekey.operation.Ending;
import dev.rekey.operation.Kind;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.service.port.Stored;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which active operation ends because a person asks for another: one that has stalled or was paused
 * on a way that the other leads out of.
 *
 * <ol>
 *   <li>A rotation whose update may have been sent, and whose target ARM shows, gives way to a
 *       return. Never one that is at work.
 *   <li>A return from a version that ARM shows still gives way to a rewrite under it: what can't go
 *       back goes forward.
 *   <li>What has stalled because somebody else has changed KMS on the cluster gives way to whatever
 *       a person wants from there on: what it waits for may never come. Never while ARM shows what
 *       it leads to.
 *   <li>What can't be proved since a key version is missing gives way to bringing that back, or the
 *       next one after one that was tried in vain. Never once an update may have been sent in its
 *       present phase.
 *   <li>What Rekey began by itself, and what waits for approval or for a maintenance window, gives
 *       way to whatever a person wants. Never once it may have changed something.
 * </ol>
 */
final class GivingWay {
  private static final Set<Reason> OTHERS_CHANGES =
      Set.of(Reason.CLUSTER_ON_ANOTHER_KEY, Reason.CLUSTER_MOVED_BACK);

  private static final Set<Reason> FOR_A_PERSON =
      Set.of(Reason.AWAITING_APPROVAL, Reason.OUTSIDE_WINDOW, Reason.WINDOW_UNREADABLE);

  private final OperationRequest request;
  private final ManagedCluster cluster;

  GivingWay(OperationRequest request, ManagedCluster cluster) {
    this.request = request;
    this.cluster = cluster;
  }

  /** The active operation with its end; empty if it doesn't give way. */
  Optional<Stored<Operation>> ended(Stored<Operation> active, Instant now) {
    return reason(active.value())
        .map(reason -> new Ending(Ending.Outcome.CANCELLED, reason, why(), null, now))
        .map(ending -> active.value().progress().with(ending))
        .map(progress -> active.with(active.value().with(progress)));
  }

  private Optional<Reason> reason(Operation active) {
    if (isOnlyWaiting(active)) {
      return Optional.of(Reason.GAVE_WAY);
    }
    if (!active.progress().standsStill()) {
      return Optional.empty();
    }
    if (isOvertaken(active)) {
      return Optional.of(Reason.OVERTAKEN);
    }
    boolean back = active.kind() == Kind.ROTATE && request.kind() == Kind.RETURN;
    if (back && active.mayHaveUpdated() && cluster.isAt(active.after())) {
      return Optional.of(Reason.RETURNED);
    }
    if (isForMissingKey(active)) {
      return Optional.of(Reason.BRINGING_BACK);
    }
    boolean forward = active.kind() == Kind.RETURN && request.kind() == Kind.REENCRYPT;
    return forward && cluster.isAt(active.before())
        ? Optional.of(Reason.GONE_FORWARD)
        : Optional.empty();
  }

  private static boolean isOnlyWaiting(Operation active) {
    Pending pending = active.progress().pending();
    return active.mayGiveWay() && pending != null && FOR_A_PERSON.contains(pending.reason());
  }

  private boolean isOvertaken(Operation active) {
    Pending pending = active.progress().pending();
    return pending != null
        && OTHERS_CHANGES.contains(pending.reason())
        && !cluster.isAt(active.after());
  }

  private boolean isForMissingKey(Operation active) {
    Pending pending = active.progress().pending();
    return request.kind() == Kind.RECOVER_DROPPED_KEY
        && pending != null
        && pending.reason() == Reason.KEY_VERSION_DROPPED
        && !active.mayHaveUpdated()
        && cluster.isAt(active.before());
  }

  private String why() {
    return request.origin().actor() + ": " + request.origin().reason();
  }
}
