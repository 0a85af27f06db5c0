package dev.rekey.service;

import dev.rekey.key.Cloud;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Pending;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.Shard;
import dev.rekey.service.port.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The timer: makes good every lost event and message (promise T3). */
public final class Reconcile {
  /** An operation that should have been looked at this long ago has lost its message. */
  private static final Duration OVERDUE = Duration.ofMinutes(5);

  private static final Origin ORIGIN =
      new Origin(Origin.Trigger.TIMER, "rekey", "a newer key version was found");

  private final Ports ports;
  private final ConsiderCluster consider;
  private final StartOperation start;

  public Reconcile(Ports ports, Cloud cloud) {
    this.ports = ports;
    this.consider = new ConsiderCluster(ports, cloud);
    this.start = new StartOperation(ports);
  }

  /**
   * Looks at every cluster in scope. A fault with one doesn't keep the others from being looked at.
   */
  public void run() {
    new EachCluster(ports.signals()).look(ports.clusters().list(), this::look);
  }

  private void look(ManagedCluster cluster) {
    Optional<Operation> active = ports.records().active(cluster.name()).map(Stored::value);
    if (active.isEmpty()) {
      consider.consider(cluster, ORIGIN);
    } else if (isOverdue(active.get())) {
      ports.signals().count("message-found-lost", "operation");
      start.resume(active.get());
    }
  }

  private boolean isOverdue(Operation operation) {
    Pending pending = operation.progress().pending();
    Instant due = pending == null ? operation.startedAt() : pending.nextLook();
    return due.plus(OVERDUE).isBefore(ports.time().instant());
  }

  /**
   * Takes up an operation in a process that knows itself to be alone: whatever was at work has
   * ended with the process before, so its shards are given out again at once.
   */
  public void takeUpAlone(Operation operation) {
    operation.progress().runningPass().ifPresent(pass -> recall(operation, pass));
    start.resume(operation);
  }

  private void recall(Operation operation, Pass pass) {
    for (int number = 0; number < pass.shards(); number++) {
      ports
          .records()
          .shard(operation.cluster(), operation.id(), pass.id(), number)
          .filter(shard -> !shard.value().isDone())
          .ifPresent(shard -> recall(operation, pass, shard));
    }
  }

  private void recall(Operation operation, Pass pass, Stored<Shard> shard) {
    Stored<Shard> recalled = shard.with(shard.value().recalled());
    ports.records().saveShard(operation.cluster(), operation.id(), pass.id(), recalled);
  }
}
