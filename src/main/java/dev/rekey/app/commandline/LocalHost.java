package dev.rekey.app.commandline;

import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Operation;
import dev.rekey.reencryption.Limits;
import dev.rekey.service.AdvanceOperation;
import dev.rekey.service.Ports;
import dev.rekey.service.ReencryptShard;
import dev.rekey.service.port.Conflict;
import dev.rekey.service.port.Message;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.Stored;
import dev.rekey.storage.MemoryQueues;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Does in one process, one message after another, what the function app's queues do: takes a
 * message when it is due, calls its use case, and brings a message that failed back later. After
 * five failures it is given up; the record it was for is still there, to be taken up again.
 */
public final class LocalHost {
  /** As often as a storage queue's trigger tries before a message becomes poison. */
  private static final int MOST_TRIES = 5;

  private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

  private final Ports ports;
  private final MemoryQueues queues;
  private final Pause pause;
  private final AdvanceOperation advance;
  private final ReencryptShard reencrypt;
  private final Map<Message, Integer> tries = new HashMap<>();

  public LocalHost(Ports ports, MemoryQueues queues, Pause pause, Limits limits) {
    this.ports = ports;
    this.queues = queues;
    this.pause = pause;
    this.advance = new AdvanceOperation(ports, limits);
    this.reencrypt = new ReencryptShard(ports, limits);
  }

  /**
   * Works until the operation has ended, or has stalled, or has no message left.
   *
   * @param progress told of the operation after each message
   * @param giveUpAt when to stop if it still waits
   */
  public Operation run(Operation operation, Consumer<Operation> progress, Instant giveUpAt)
      throws InterruptedException {
    Operation latest = operation;
    boolean stalled = false; // one that was taken up may have stalled before: it is looked at again
    while (latest.isActive() && !stalled) {
      Optional<Instant> due = queues.nextDue();
      if (due.isEmpty() || due.get().isAfter(giveUpAt)) {
        return latest;
      }
      pause.until(due.get());
      queues.take().ifPresent(this::handle);
      latest = reread(latest.cluster(), latest.id()).orElse(latest);
      progress.accept(latest);
      stalled = latest.progress().hasStalled();
    }
    return latest;
  }

  private Optional<Operation> reread(ClusterName cluster, String id) {
    return ports.records().operation(cluster, id).map(Stored::value);
  }

  private void handle(Message message) {
    try {
      dispatch(message);
      tries.remove(message);
    } catch (OutsideFault | Conflict fault) {
      ports.signals().count("message-failed", fault.getClass().getSimpleName());
      int failed = tries.merge(message, 1, Integer::sum);
      if (failed < MOST_TRIES) {
        queues.send(message, AFTER_FAILURE.multipliedBy(failed));
      } else {
        ports.signals().count("message-given-up", fault.getClass().getSimpleName());
      }
    }
  }

  private void dispatch(Message message) {
    if (message instanceof Message.Advance next) {
      advance.handle(next);
    } else if (message instanceof Message.WorkShard shard) {
      reencrypt.handle(shard);
    }
  }
}
