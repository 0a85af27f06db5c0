package dev.rekey.service;

import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Findings;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Progress;
import dev.rekey.operation.Route;
import dev.rekey.service.port.Conflict;
import dev.rekey.service.port.Message;
import dev.rekey.service.port.Stored;
import java.time.Duration;
import java.util.Optional;

/**
 * Begins an operation: its record and the cluster's lock in one transaction, then the message of
 * its first turn.
 */
public final class StartOperation {
  private final Ports ports;

  public StartOperation(Ports ports) {
    this.ports = ports;
  }

  /**
   * Begins an operation.
   *
   * @return the new operation; empty if another one is active on the cluster
   */
  public Optional<Operation> start(ClusterName cluster, Kind kind, Route route, Origin origin) {
    return start(cluster, kind, route, origin, Findings.NONE);
  }

  /**
   * Begins an operation.
   *
   * @param known what is known or wished already
   * @return the new operation; empty if another one is active on the cluster
   */
  public Optional<Operation> start(
      ClusterName cluster, Kind kind, Route route, Origin origin, Findings known) {
    Operation operation = operation(cluster, kind, route, origin, known);
    try {
      Stored<Operation> started = ports.records().start(operation);
      resume(started.value());
      return Optional.of(started.value());
    } catch (Conflict conflict) {
      ports.signals().count("start-declined", "operation-active");
      return Optional.empty();
    }
  }

  /**
   * Begins an operation in the place of one that is active, which ends by that.
   *
   * @param ended the one that is active, with its end
   * @return the new operation; empty if the other has gone on meanwhile
   */
  Optional<Operation> inPlaceOf(Stored<Operation> ended, Kind kind, Route route, Origin origin) {
    Operation next = operation(ended.value().cluster(), kind, route, origin, Findings.NONE);
    try {
      Operation begun = ports.records().takeOver(ended, next).value();
      ports.signals().count("operation-ended", Ending.Outcome.CANCELLED.token());
      resume(begun);
      return Optional.of(begun);
    } catch (Conflict conflict) {
      ports.signals().count("start-declined", "operation-active");
      return Optional.empty();
    }
  }

  private Operation operation(
      ClusterName cluster, Kind kind, Route route, Origin origin, Findings known) {
    return new Operation(
        newId(cluster),
        kind,
        cluster,
        origin,
        route,
        ports.time().instant(),
        Progress.START.with(known));
  }

  /** Operations are in the order of their ids, which a clock that was wrong must not turn round. */
  private String newId(ClusterName cluster) {
    return ports.ids().next(ports.records().lastOperationId(cluster).orElse(null));
  }

  /**
   * Sends the message of an operation's present turn: of its first one, or once more where one was
   * lost.
   */
  public void resume(Operation operation) {
    ports.messages().send(Message.Advance.to(operation), Duration.ZERO);
  }
}
