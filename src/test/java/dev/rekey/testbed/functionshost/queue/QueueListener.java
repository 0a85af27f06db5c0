package dev.rekey.testbed.functionshost.queue;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.util.Context;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.models.QueueMessageItem;
import dev.rekey.testbed.functionshost.HostLog;
import dev.rekey.testbed.functionshost.QueueRules;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;

/**
 * Fetches the messages of one function and hands each to a thread. A new batch is fetched when no
 * more than {@code newBatchThreshold} are under way; an empty or missing queue is looked at less
 * and less often.
 */
final class QueueListener implements Runnable {
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
  private static final int QUEUE_MISSING = 404;

  private final QueueClient queue;
  private final QueueRules rules;
  private final Duration visibility;
  private final Duration longestPause;
  private final MessageCall call;
  private final ExecutorService threads;
  private final BooleanSupplier held;
  private int underWay;

  /**
   * @param longestPause between two looks
   * @param held whether to leave all messages alone for now
   */
  QueueListener(
      QueueClient queue,
      QueueRules rules,
      Duration visibility,
      Duration longestPause,
      MessageCall call,
      ExecutorService threads,
      BooleanSupplier held) {
    this.queue = queue;
    this.rules = rules;
    this.visibility = visibility;
    this.longestPause = longestPause;
    this.call = call;
    this.threads = threads;
    this.held = held;
  }

  /** Goes on until its thread is interrupted. */
  @Override
  public void run() {
    Duration pause = SHORTEST_PAUSE;
    try {
      while (!Thread.currentThread().isInterrupted()) {
        List<QueueMessageItem> batch = held.getAsBoolean() ? List.of() : fetched();
        batch.forEach(this::begin);
        if (batch.isEmpty()) {
          Thread.sleep(pause.toMillis());
        } else {
          awaitThreshold();
        }
        pause = batch.isEmpty() ? longer(pause) : SHORTEST_PAUSE;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration longer(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(longestPause) > 0 ? longestPause : doubled;
  }

  private List<QueueMessageItem> fetched() {
    try {
      return queue.receiveMessages(rules.batchSize(), visibility, null, Context.NONE).stream()
          .toList();
    } catch (HttpResponseException e) {
      if (e.getResponse() == null || e.getResponse().getStatusCode() != QUEUE_MISSING) {
        HostLog.say("Cannot fetch messages of queue " + queue.getQueueName(), e);
      }
      return List.of();
    } catch (RuntimeException e) {
      HostLog.say("Cannot fetch messages of queue " + queue.getQueueName(), e);
      return List.of();
    }
  }

  private void begin(QueueMessageItem item) {
    count(1);
    threads.execute(
        () -> {
          try {
            call.run(new ReceivedMessage(queue, item));
          } catch (RuntimeException e) {
            HostLog.say("A message of queue " + queue.getQueueName() + " is left to time", e);
          } finally {
            count(-1);
          }
        });
  }

  private synchronized void count(int more) {
    underWay += more;
    notifyAll();
  }

  private synchronized void awaitThreshold() throws InterruptedException {
    while (underWay > rules.newBatchThreshold()) {
      wait();
    }
  }
}
