package dev.rekey.storage;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.service.port.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class MemoryQueuesTest {
  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private final MemoryQueues queues = new MemoryQueues(now::get);

  @Test
  void delayedMessage_isNotHandedOutBefore() {
    queues.send(message(1), Duration.ofSeconds(10));

    assertThat(queues.take()).isEmpty();
    assertThat(queues.nextDue()).contains(NOW.plusSeconds(10));
    now.set(NOW.plusSeconds(10));
    assertThat(queues.take()).contains(message(1));
    assertThat(queues.take()).isEmpty();
  }

  @Test
  void messagesOfTheSameTime_comeInTheOrderOfSending() {
    queues.send(message(2), Duration.ZERO);
    queues.send(message(1), Duration.ZERO);

    assertThat(queues.take()).contains(message(2));
    assertThat(queues.take()).contains(message(1));
  }

  @Test
  void earlierDueMessage_comesFirst() {
    queues.send(message(1), Duration.ofSeconds(10));
    queues.send(message(2), Duration.ofSeconds(5));
    now.set(NOW.plusSeconds(60));

    assertThat(queues.take()).contains(message(2));
  }

  private static Message message(int turn) {
    return new Message.Advance(CLUSTER, "op", turn);
  }
}
