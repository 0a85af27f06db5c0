package dev.rekey.simulation.azure;

import dev.rekey.operation.ClusterName;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a test lets go wrong at ARM. Thread-safe. */
final class ArmTroubles {
  static final String ASSIGN = "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action";

  private final Queue<UpdateFault> updateFaults = new ArrayDeque<>();
  private final Set<String> forbiddenActions = new HashSet<>();
  private final Set<String> broken = new HashSet<>();
  private final Set<String> goneButListed = new HashSet<>();
  private final Set<String> cutShort = new HashSet<>();
  private boolean assignRefused;
  private boolean etagsHidden;
  private int callsToThrottle;
  private Duration retryAfter = Duration.ZERO;

  synchronized void failNextUpdate(UpdateFault fault) {
    updateFaults.add(fault);
  }

  synchronized @Nullable UpdateFault nextUpdateFault() {
    return updateFaults.poll();
  }

  synchronized void throttle(int calls, Duration comeBackAfter) {
    callsToThrottle = calls;
    retryAfter = comeBackAfter;
  }

  synchronized void checkThrottle() {
    if (callsToThrottle > 0) {
      callsToThrottle--;
      throw ArmRefusal.throttled(retryAfter);
    }
  }

  synchronized void forbid(String action, boolean forbidden) {
    String folded = action.toLowerCase(Locale.ROOT);
    if (forbidden) {
      forbiddenActions.add(folded);
    } else {
      forbiddenActions.remove(folded);
    }
  }

  /** The actions that nobody may do, lower case. */
  synchronized List<String> forbidden() {
    List<String> all = new ArrayList<>(new TreeSet<>(forbiddenActions));
    if (assignRefused) {
      all.add(ASSIGN);
    }
    return all;
  }

  synchronized void checkRight(String action, String scope) {
    if (forbiddenActions.contains(action.toLowerCase(Locale.ROOT))) {
      throw ArmRefusal.unauthorized(action, scope);
    }
  }

  synchronized void refuseAssign(boolean refused) {
    assignRefused = refused;
  }

  synchronized boolean refusesAssign() {
    return assignRefused;
  }

  synchronized void hideEtags(boolean hidden) {
    etagsHidden = hidden;
  }

  synchronized boolean hidesEtags() {
    return etagsHidden;
  }

  synchronized void breakReads(ClusterName cluster) {
    broken.add(cluster.value());
  }

  synchronized void remove(ClusterName cluster) {
    goneButListed.add(cluster.value());
  }

  synchronized void cutShortInLists(ClusterName cluster) {
    cutShort.add(cluster.value());
  }

  synchronized boolean isCutShortInLists(ClusterName cluster) {
    return cutShort.contains(cluster.value());
  }

  synchronized void checkReadable(ClusterName cluster, String id) {
    if (goneButListed.contains(cluster.value())) {
      throw ArmRefusal.notFound(id);
    }
    if (broken.contains(cluster.value())) {
      throw ArmRefusal.broken();
    }
  }
}
