package dev.rekey.service;

import dev.rekey.operation.Ending;
import dev.rekey.operation.Kind;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.reencryption.Limits;
import dev.rekey.service.port.Stored;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
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
 *   <li>What has stalled on a way that a key version bars gives way to what clears it ({@link
 *       #CLEARS}): before an update of its present phase may have been sent, while ARM shows what
 *       that phase starts from. Everything is proved anew there, for the state that is found. Never
 *       while KMS is off, nor while a worker may still be at what the operation has handed out.
 *   <li>A version that was brought back in vain, and under which nothing can be read, gives way to
 *       the next one once ARM has settled on it. Never while it isn't known what became of the
 *       update.
 *   <li>What Rekey began by itself, and what waits for approval or for a maintenance window, gives
 *       way to whatever a person wants. Never once it may have changed something.
 * </ol>
 */
final class GivingWay {
  private static final Set<Reason> OTHERS_CHANGES =
      Set.of(Reason.CLUSTER_ON_ANOTHER_KEY, Reason.CLUSTER_MOVED_BACK);

  /**
   * What each kind clears out of the way. Secrets under a dropped version let no API server show
   * what it writes with, or no round stand, where there is hardly another.
   */
  private static final Map<Kind, Set<Reason>> CLEARS =
      Map.of(
          Kind.RECOVER_DROPPED_KEY,
          EnumSet.of(
              Reason.KEY_VERSION_DROPPED,
              Reason.NOT_CONVERGING,
              Reason.STILL_FOREIGN_READS,
              Reason.COUNTERS_INTERRUPTED),
          Kind.RECOVER_EXPIRED_KEY,
          EnumSet.of(Reason.CURRENT_KEY_UNFIT, Reason.SLOT_UNFIT, Reason.NOT_CONVERGING),
          Kind.ROTATE,
          EnumSet.of(Reason.TARGET_UNFIT, Reason.TARGET_NOT_FOUND));

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
    return reason(active.value(), now)
        .map(reason -> new Ending(Ending.Outcome.CANCELLED, reason, why(), null, now))
        .map(ending -> active.value().progress().with(ending))
        .map(progress -> active.with(active.value().with(progress)));
  }

  private Optional<Reason> reason(Operation active, Instant now) {
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
    if (isCleared(active, now) || isTriedInVain(active)) {
      boolean isForMissingKey = request.kind() == Kind.RECOVER_DROPPED_KEY;
      return Optional.of(isForMissingKey ? Reason.BRINGING_BACK : Reason.GONE_FORWARD);
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

  private boolean isCleared(Operation active, Instant now) {
    return isStalledOn(active, CLEARS.getOrDefault(request.kind(), Set.of()))
        && active.managed()
        && active.before().isOn()
        && !active.mayHaveUpdated()
        && cluster.isAt(active.before())
        && !isAtWork(active, now);
  }

  /** Nothing is handed out any more while it stands still; a worker ends this long after. */
  private static boolean isAtWork(Operation active, Instant now) {
    Pending pending = active.progress().pending();
    return active.progress().runningPass().isPresent()
        && pending != null
        && now.isBefore(pending.since().plus(Limits.LOST_AFTER));
  }

  private boolean isTriedInVain(Operation active) {
    return request.kind() == Kind.RECOVER_DROPPED_KEY
        && active.kind() == Kind.RECOVER_DROPPED_KEY
        && isStalledOn(active, Set.of(Reason.NOT_CONVERGING))
        && active.mayHaveUpdated()
        && active.phase() == 0
        && cluster.isAt(active.after())
        && cluster.hasSucceeded();
  }

  /** Not where a person has paused it. */
  private static boolean isStalledOn(Operation active, Set<Reason> reasons) {
    Pending pending = active.progress().pending();
    return pending != null && active.progress().hasStalled() && reasons.contains(pending.reason());
  }

  private String why() {
    return request.origin().actor() + ": " + request.origin().reason();
  }
}
