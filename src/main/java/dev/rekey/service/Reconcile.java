package dev.rekey.service;

import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Pending;
import dev.rekey.service.port.FoundClusters;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.PoisonQueues;
import dev.rekey.service.port.Stored;
import dev.rekey.service.port.Vault;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The timer: makes good every lost event and message (promise T3). */
public final class Reconcile {
  /** An operation that should have been looked at this long ago has lost its message. */
  private static final Duration OVERDUE = Duration.ofMinutes(5);

  private static final Origin ORIGIN =
      new Origin(Origin.Trigger.TIMER, "rekey", "a newer key version was found");

  private final Ports ports;
  private final Conduct conduct;
  private final PoisonQueues poison;
  private final BeginRotations rotations;
  private final RenewKeys renew;
  private final WatchClusters watch;
  private final CensusDue census;
  private final StartOperation start;

  public Reconcile(Ports ports, Conduct conduct, PoisonQueues poison) {
    this.ports = ports;
    this.conduct = conduct;
    this.poison = poison;
    this.rotations = new BeginRotations(ports, conduct);
    this.renew = new RenewKeys(ports, conduct);
    this.watch = new WatchClusters(ports, conduct);
    this.census = new CensusDue(ports, conduct);
    this.start = new StartOperation(ports);
  }

  /**
   * Counts what has become poison, takes up what has lost its message, and looks at every cluster
   * in scope. A fault with one doesn't keep the others from being looked at, and neither does a
   * record that this release can't read.
   *
   * @throws OutsideFault if no cluster in scope can be looked at; all else is done by then
   * @throws RuntimeException the first other that something could not be looked at for; the same
   */
  public void run() {
    countPoison();
    Set<String> takenUp = new HashSet<>();
    try {
      ports.records().eachActive(active -> takeUpIfOverdue(active, takenUp));
    } finally {
      lookAtClusters(takenUp);
    }
  }

  private void lookAtClusters(Set<String> takenUp) {
    FoundClusters found = new LookAround(ports).found();
    Vault seen = new VaultSeenOnce(ports.vault());
    try {
      renew.look(found.clusters(), seen);
    } finally {
      lookAtEach(found, takenUp, seen);
    }
  }

  private void lookAtEach(FoundClusters found, Set<String> takenUp, Vault seen) {
    try {
      noticeAndBegin(found, takenUp);
    } finally {
      watch.look(found.clusters(), seen); // last, so that it sees what was noticed and begun
    }
  }

  /** What others have changed comes before a rotation, and that before a census. */
  private void noticeAndBegin(FoundClusters found, Set<String> takenUp) {
    EachInTurn each = new EachInTurn(ports.signals(), "cluster-not-looked-at");
    try {
      NoticeChanges notice = new NoticeChanges(ports, conduct);
      each.look(found.clusters(), cluster -> noticeIfIdle(cluster, notice));
    } finally {
      try {
        rotations.look(found, found.clusters(), ORIGIN);
      } finally {
        RewriteForeign foreign = new RewriteForeign(ports, conduct);
        each.look(found.clusters(), one -> look(one, takenUp, foreign));
      }
    }
  }

  private void noticeIfIdle(ManagedCluster cluster, NoticeChanges notice) {
    Optional<Stored<Operation>> active = ports.records().active(cluster.name());
    if (active.isEmpty() || new EndOutlived(ports).end(active.get(), cluster)) {
      notice.look(cluster);
    }
  }

  private void countPoison() {
    try {
      poison
          .counts()
          .forEach((queue, count) -> ports.signals().tell("poison-messages", queue, "" + count));
    } catch (OutsideFault fault) {
      ports.signals().tell("poison-not-counted", fault);
    }
  }

  private void look(ManagedCluster cluster, Set<String> takenUp, RewriteForeign foreign) {
    Optional<Operation> active = ports.records().active(cluster.name()).map(Stored::value);
    if (active.isPresent()) {
      takeUpIfOverdue(active.get(), takenUp); // it may be missing from the index
    } else {
      census.consider(cluster, foreign);
    }
  }

  private void takeUpIfOverdue(Operation operation, Set<String> takenUp) {
    if (isOverdue(operation) && takenUp.add(operation.id())) {
      ports.signals().count("message-found-lost", "operation");
      start.resume(operation);
    }
  }

  private boolean isOverdue(Operation operation) {
    Pending pending = operation.progress().pending();
    return Optional.ofNullable(pending)
        .map(Pending::nextLook)
        .orElse(operation.startedAt())
        .plus(OVERDUE)
        .isBefore(ports.time().instant());
  }
}
