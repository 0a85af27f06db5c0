package dev.rekey.service;

import dev.rekey.operation.Ending;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Order;
import dev.rekey.operation.Progress;
import dev.rekey.operation.Reason;
import dev.rekey.operation.step.Plan;
import dev.rekey.operation.step.PlanHash;
import dev.rekey.service.SteerAnswer.Cause;
import dev.rekey.service.port.Conflict;
import dev.rekey.service.port.Stored;
import java.util.Optional;

/**
 * What a person says to an operation that is under way: approve its plan, pause, resume, retry,
 * cancel.
 *
 * <ol>
 *   <li>An order is stored with who gave it and why. Never an order that nobody can be asked about.
 *   <li>The same order again changes nothing.
 *   <li>Approved is the plan that the person has seen. Never another one.
 *   <li>Cancelled is what hasn't changed anything yet. Never between an update and its rewrite: the
 *       safe end lies ahead then.
 * </ol>
 */
public final class SteerOperation {
  /** Against an operation that saves its own progress at the same time. */
  private static final int MOST_TRIES = 5;

  private final Ports ports;

  public SteerOperation(Ports ports) {
    this.ports = ports;
  }

  /**
   * Gives the order.
   *
   * @throws Conflict if the operation moves on faster than it can be told anything: ask again
   */
  public SteerAnswer steer(String operationId, Order order) {
    for (int attempt = 1; ; attempt++) {
      try {
        return steerOnce(operationId, order);
      } catch (Conflict movedOn) {
        if (attempt == MOST_TRIES) {
          throw movedOn;
        }
      }
    }
  }

  private SteerAnswer steerOnce(String operationId, Order order) {
    Optional<Stored<Operation>> stored =
        ports
            .records()
            .clusterOf(operationId)
            .flatMap(cluster -> ports.records().operation(cluster, operationId));
    if (stored.isEmpty()) {
      return new SteerAnswer.Declined(Cause.UNKNOWN_OPERATION, null);
    }
    Operation operation = stored.get().value();
    if (wasGiven(operation, order)) {
      return again(operation);
    }
    return objection(operation, order)
        .<SteerAnswer>map(cause -> new SteerAnswer.Declined(cause, operation))
        .orElseGet(() -> new SteerAnswer.Accepted(follow(stored.get(), order)));
  }

  /** Who got no answer asks again; perhaps the message of the first time was not sent. */
  private SteerAnswer again(Operation operation) {
    if (operation.isActive()) {
      new StartOperation(ports).resume(operation);
    }
    return new SteerAnswer.Accepted(operation);
  }

  private static boolean wasGiven(Operation operation, Order order) {
    String key = order.requestKey();
    return key != null
        && operation
            .progress()
            .orders()
            .last(order.action())
            .filter(earlier -> key.equals(earlier.requestKey()))
            .isPresent();
  }

  private static Optional<Cause> objection(Operation operation, Order order) {
    if (!operation.isActive()) {
      return Optional.of(Cause.OPERATION_ENDED);
    }
    return switch (order.action()) {
      case APPROVE -> objectionToApproval(operation, order);
      case CANCEL ->
          operation.canBeCancelled() ? Optional.empty() : Optional.of(Cause.CHANGED_ALREADY);
      case PAUSE, RESUME, RETRY -> Optional.empty();
    };
  }

  private static Optional<Cause> objectionToApproval(Operation operation, Order order) {
    if (!Plan.needsApproval(operation)) {
      return Optional.of(Cause.NO_APPROVAL_NEEDED);
    }
    return PlanHash.of(operation).equals(order.planHash())
        ? Optional.empty()
        : Optional.of(Cause.OTHER_PLAN);
  }

  private Operation follow(Stored<Operation> stored, Order order) {
    ports.signals().count("operation-steered", order.action().token());
    Operation operation = stored.value();
    Progress told = operation.progress().with(order);
    if (order.action() == Order.Action.CANCEL) {
      return cancel(stored, told, order);
    }
    Progress next = order.action() == Order.Action.RETRY ? told.retried(order.at()) : told;
    Operation saved = ports.records().save(stored.with(operation.with(next.nextTurn()))).value();
    new StartOperation(ports).resume(saved);
    return saved;
  }

  private Operation cancel(Stored<Operation> stored, Progress told, Order order) {
    Ending ending =
        new Ending(
            Ending.Outcome.CANCELLED,
            Reason.CANCELLED,
            order.actor() + ": " + order.reason(),
            null,
            order.at());
    Operation ended = stored.value().with(told.with(ending));
    ports.records().end(stored.with(ended));
    ports.signals().count("operation-ended", ending.outcome().token());
    return ended;
  }
}
