package dev.rekey.service;

import dev.rekey.operation.Operation;
import dev.rekey.operation.step.ShardWork;
import dev.rekey.reencryption.Pass;
import dev.rekey.service.port.Message;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.Stored;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether one shard's worker may begin, and go on, by what {@link ShardWork} says: from the
 * operation's record, and by a look at ARM only where the operation's own is too old. A message
 * that comes at once needs none.
 */
final class LeaveToWork {
  /** How long the operation's look is good for where a worker begins. */
  private static final Duration TO_BEGIN = Duration.ofSeconds(10);

  /** And where it goes on: the operation looks three times a minute while shards are at work. */
  private static final Duration TO_GO_ON = Duration.ofMinutes(1);

  private final Ports ports;
  private final Message.WorkShard message;

  LeaveToWork(Ports ports, Message.WorkShard message) {
    this.ports = ports;
    this.message = message;
  }

  /** The operation, if it is active. */
  Optional<Operation> operation() {
    return ports
        .records()
        .operation(message.cluster(), message.operationId())
        .map(Stored::value)
        .filter(Operation::isActive);
  }

  /** The pass, if its shards are at work. */
  Optional<Pass> pass(Operation operation) {
    return operation
        .progress()
        .pass(message.passId())
        .filter(known -> known.stage() == Pass.Stage.RUNNING);
  }

  boolean toBegin(Operation operation, Pass pass) {
    try {
      return isGiven(operation, pass, TO_BEGIN);
    } catch (OutsideFault fault) {
      return not(fault);
    }
  }

  boolean toGoOn() {
    try {
      Optional<Operation> operation = operation();
      Optional<Pass> pass = operation.flatMap(this::pass);
      return pass.isPresent() && isGiven(operation.get(), pass.get(), TO_GO_ON);
    } catch (OutsideFault fault) {
      return not(fault);
    }
  }

  private boolean isGiven(Operation operation, Pass pass, Duration holds) {
    return ShardWork.isWanted(operation, pass)
        && (!ShardWork.needsLook(operation, pass, ports.time().instant(), holds)
            || ShardWork.isBorneOut(operation, pass, ports.clusters().read(message.cluster())));
  }

  /** Nobody knows then what somebody else may have changed. */
  private boolean not(OutsideFault fault) {
    ports.signals().tell("outside-fault", fault);
    return false;
  }
}
