package dev.rekey.service;

import dev.rekey.operation.Operation;
import dev.rekey.reencryption.Limits;
import dev.rekey.service.port.Conflict;
import dev.rekey.service.port.Message;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.Stored;
import java.util.Optional;

/**
 * Moves an operation on by one decision: observe, decide, save the intent, act, observe again at
 * the next message. A message for a turn that the record has left is dropped, so that of two
 * deliveries only one acts.
 */
public final class AdvanceOperation {
  private final Ports ports;
  private final Limits limits;

  public AdvanceOperation(Ports ports, Limits limits) {
    this.ports = ports;
    this.limits = limits;
  }

  public void handle(Message.Advance message) {
    Optional<Stored<Operation>> stored =
        ports.records().operation(message.cluster(), message.operationId());
    if (stored.isEmpty()) {
      ports.signals().count("message-dropped", "unknown-operation");
    } else if (!stored.get().value().isActive()) {
      ports.signals().count("message-dropped", "operation-ended");
    } else if (stored.get().value().progress().turn() != message.turn()) {
      ports.signals().count("message-dropped", "earlier-turn");
    } else {
      take(stored.get());
    }
  }

  private void take(Stored<Operation> stored) {
    try (Connection connection = new Connection(ports.kubernetes(), stored.value().cluster())) {
      new Turn(ports, limits, connection, stored).take();
    } catch (Conflict conflict) {
      // Another instance was faster and has the record in hand; it sends the next message.
      ports.signals().count("message-dropped", "conflict");
    } catch (BrokenPromise broken) {
      Operation intended = stored.value().with(stored.value().progress().nextTurn());
      new StopOperation(ports).stop(intended, broken);
    } catch (OutsideFault fault) {
      new TurnFault(ports).note(stored.value().cluster(), stored.value().id(), fault);
    }
  }
}
