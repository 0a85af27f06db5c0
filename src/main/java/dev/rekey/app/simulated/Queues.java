package dev.rekey.app.simulated;

import dev.rekey.key.KeyEvent;
import dev.rekey.operation.Operation;
import dev.rekey.service.port.Message;
import dev.rekey.service.port.Messages;
import dev.rekey.service.port.PoisonQueues;
import dev.rekey.simulation.host.EventGrid;
import dev.rekey.simulation.host.SimulatedQueue;
import dev.rekey.simulation.time.VirtualTime;
import java.time.Duration;
import java.util.Map;
import java.util.function.ToIntFunction;

/** The queues of the function app: one that holds events and messages alike, and its poison. */
public final class Queues implements Messages, EventGrid, PoisonQueues {
  private final SimulatedQueue<Work> queue;
  private final Releases releases;

  /**
   * @param choice which of so many visible messages is delivered next
   */
  public Queues(VirtualTime time, ToIntFunction<Integer> choice, Releases releases) {
    this.queue = new SimulatedQueue<>(time, choice);
    this.releases = releases;
  }

  /** What the host takes its work from. */
  public SimulatedQueue<Work> queue() {
    return queue;
  }

  @Override
  public void send(Message message, Duration delay) {
    Work work = new Work.Told(message);
    releases.sent(work);
    queue.send(work, delay);
  }

  @Override
  public void deliver(KeyEvent event, Duration late) {
    queue.send(new Work.Event(event), late);
  }

  @Override
  public Map<String, Long> counts() {
    return poison() == 0 ? Map.of() : Map.of("rekey-poison", (long) poison());
  }

  public int poison() {
    return queue.poisonCount();
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  /** Whether a message is on its way that an operation will be looked at for. */
  public boolean holdMessageFor(Operation operation) {
    return queue.messages().stream()
        .filter(Work.Told.class::isInstance)
        .map(work -> ((Work.Told) work).message())
        .anyMatch(message -> isFor(operation, message));
  }

  private static boolean isFor(Operation operation, Message message) {
    return message instanceof Message.WorkShard shard
        ? shard.operationId().equals(operation.id())
        : message.equals(Message.Advance.to(operation));
  }
}
