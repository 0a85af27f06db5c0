package dev.rekey.service;

import dev.rekey.operation.Operation;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.Shard;
import dev.rekey.service.port.Stored;

/**
 * Takes up an operation in a process that knows itself to be alone: whatever was at work has ended
 * with the process before, so its shards are given out again at once, and what did not answer the
 * process before is asked anew: a refusal is taken at its word only after some looks.
 */
public final class TakeUp {
  private final Ports ports;

  public TakeUp(Ports ports) {
    this.ports = ports;
  }

  public void alone(Operation operation) {
    operation.progress().runningPass().ifPresent(pass -> recall(operation, pass));
    ports.records().operation(operation.cluster(), operation.id()).ifPresent(this::forgetFaults);
    new StartOperation(ports).resume(operation);
  }

  /** Its turn stays. */
  private void forgetFaults(Stored<Operation> stored) {
    Operation operation = stored.value();
    ports.records().save(stored.with(operation.with(operation.progress().withoutFaults())));
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
    ports.records().markShard(operation.cluster(), operation.id(), pass.id(), recalled);
  }
}
