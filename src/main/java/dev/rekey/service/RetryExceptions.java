package dev.rekey.service;

import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Route;
import dev.rekey.operation.StepName;
import dev.rekey.reencryption.Pass;
import dev.rekey.service.port.Stored;
import java.util.List;
import java.util.Optional;

/**
 * Looks at exceptions again when a person says that their cause has gone. An operation that has
 * stalled goes on at once. Where the last one has ended, a new one rewrites its exceptions and no
 * other Secret, and then proves all as always.
 */
public final class RetryExceptions {
  private final Ports ports;

  public RetryExceptions(Ports ports) {
    this.ports = ports;
  }

  /**
   * Tries again.
   *
   * @param origin who asks, for the new operation
   * @return the operation that looks again; one that is at work anyway stays as it is. Empty if the
   *     last operation that proved something has left no exceptions, or there is none
   * @throws dev.rekey.service.port.Conflict if the operation moved on meanwhile: ask again
   */
  public Optional<Operation> retry(ClusterName cluster, Origin origin) {
    Optional<Stored<Operation>> active = ports.records().active(cluster);
    if (active.isPresent()) {
      return Optional.of(wake(active.get()));
    }
    return lastWithExceptions(cluster).flatMap(earlier -> begin(earlier, origin));
  }

  /** Its turn stays: should the message be lost, the one that is under way still counts. */
  private Operation wake(Stored<Operation> stored) {
    Operation operation = stored.value();
    if (!operation.progress().hasStalled()) {
      return operation;
    }
    Operation retried = operation.with(operation.progress().retried(ports.time().instant()));
    ports.records().save(stored.with(retried));
    new StartOperation(ports).resume(retried);
    return retried;
  }

  private Optional<Operation> begin(Operation earlier, Origin origin) {
    return new StartOperation(ports)
        .start(
            earlier.cluster(),
            Kind.REENCRYPT,
            earlier.managed() ? Route.staying(earlier.after()) : Route.UNKNOWN,
            origin.toRetry(earlier.id()));
  }

  private Optional<Operation> lastWithExceptions(ClusterName cluster) {
    List<Operation> all = ports.records().operations(cluster);
    return all.stream()
        .filter(one -> one.progress().lastPass(StepName.PROVE).isPresent())
        .reduce((earlier, later) -> later)
        .filter(RetryExceptions::leftExceptions);
  }

  private static boolean leftExceptions(Operation operation) {
    return operation.progress().lastEnded().map(Pass::tally).orElseThrow().exceptions() > 0;
  }
}
