package dev.rekey.service;

import dev.rekey.operation.Decision;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.service.port.Message;
import dev.rekey.service.port.Stored;
import java.time.Instant;
import java.util.Optional;

/** Stops an operation that would break a promise, and says so. */
final class StopOperation {
  private final Ports ports;

  StopOperation(Ports ports) {
    this.ports = ports;
  }

  /**
   * @param intended the operation as it was when its intent was saved. If another instance has gone
   *     on with it meanwhile, this one has only looked at an earlier state, and leaves it alone
   */
  void stop(Operation intended, BrokenPromise broken) {
    Optional<Stored<Operation>> stored =
        ports.records().operation(intended.cluster(), intended.id());
    boolean inHand =
        stored.isPresent()
            && stored.get().value().isActive()
            && stored.get().value().progress().turn() == intended.progress().turn();
    if (inHand) {
      ports.signals().tell("promise-broken", broken.promise(), String.valueOf(broken.getMessage()));
      stop(stored.get(), broken);
    } else {
      ports.signals().count("message-dropped", "conflict");
    }
  }

  private void stop(Stored<Operation> stored, BrokenPromise broken) {
    Operation operation = stored.value();
    Pending before = operation.progress().pending();
    Instant now = ports.time().instant();
    Pending stopped =
        Pending.staying(
            before,
            now,
            Pending.Doing.STALLED,
            Reason.PROMISE_BROKEN,
            now.plus(Decision.Stall.LOOK_AGAIN),
            Remark.behind(broken.getMessage(), operation),
            0);
    Operation saved =
        ports
            .records()
            .save(stored.with(operation.with(operation.progress().with(stopped).nextTurn())))
            .value();
    ports.messages().send(Message.Advance.to(saved), Decision.Stall.LOOK_AGAIN);
  }
}
