package dev.rekey.storage;

import dev.rekey.service.port.Message;
import dev.rekey.service.port.Messages;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The queues of a single process, in memory: a message is handed out once its delay is over, the
 * earliest first.
 */
public final class MemoryQueues implements Messages {
  private final InstantSource time;
  private final PriorityQueue<Waiting> waiting =
      new PriorityQueue<>(Comparator.comparing(Waiting::due).thenComparing(Waiting::number));
  private long sent;

  private record Waiting(Instant due, long number, Message message) {}

  public MemoryQueues(InstantSource time) {
    this.time = time;
  }

  @Override
  public void send(Message message, Duration delay) {
    waiting.add(new Waiting(time.instant().plus(delay), sent++, message));
  }

  /** When the next message is due; empty if none waits. */
  public Optional<Instant> nextDue() {
    return Optional.ofNullable(waiting.peek()).map(Waiting::due);
  }

  /** Takes the next message, if it is due. */
  public Optional<Message> take() {
    Waiting next = waiting.peek();
    if (next == null || next.due().isAfter(time.instant())) {
      return Optional.empty();
    }
    waiting.poll();
    return Optional.of(next.message());
  }
}
