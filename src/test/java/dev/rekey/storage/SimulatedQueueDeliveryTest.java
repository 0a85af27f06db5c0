package dev.rekey.storage;

import dev.rekey.simulation.host.SimulatedQueue;
import dev.rekey.simulation.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The contract on the simulated queue. */
class SimulatedQueueDeliveryTest extends QueueDeliveryContract {
  private static final Duration HIDDEN = Duration.ofMinutes(10);

  @Override
  Queue queue() {
    VirtualTime time = new VirtualTime(Instant.parse("2026-03-01T00:00:00Z"));
    return new InVirtualTime(time, new SimulatedQueue<>(time, visible -> 0));
  }

  private record Held(SimulatedQueue.Taken<String> taken) implements Taken {
    @Override
    public String text() {
      return taken.message();
    }

    @Override
    public long dequeues() {
      return taken.dequeues();
    }
  }

  private record InVirtualTime(VirtualTime time, SimulatedQueue<String> queue) implements Queue {
    @Override
    public void send(String text, Duration delay) {
      queue.send(text, delay);
    }

    @Override
    public Optional<Held> take() {
      return queue.take().map(Held::new);
    }

    @Override
    public boolean delete(Taken taken) {
      return queue.delete(((Held) taken).taken());
    }

    @Override
    public void passHidden() {
      time.advance(HIDDEN);
    }

    @Override
    public void pass(Duration delay) {
      time.advance(delay);
    }
  }
}
