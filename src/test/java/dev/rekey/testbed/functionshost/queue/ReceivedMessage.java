package dev.rekey.testbed.functionshost.queue;

import com.azure.core.exception.HttpResponseException;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.models.QueueMessageItem;
import com.azure.storage.queue.models.UpdateMessageResult;
import dev.rekey.testbed.functionshost.HostLog;
import java.time.Duration;

/**
 * A message while it is ours. Its receipt changes with each update, and the two that may change it,
 * the renewal and the end of the call, take turns.
 */
final class ReceivedMessage {
  private final QueueClient queue;
  private final QueueMessageItem item;
  private String receipt;
  private boolean over;

  ReceivedMessage(QueueClient queue, QueueMessageItem item) {
    this.queue = queue;
    this.item = item;
    this.receipt = item.getPopReceipt();
  }

  QueueMessageItem item() {
    return item;
  }

  /** As it lies in the queue. */
  String body() {
    return item.getBody().toString();
  }

  synchronized void renew(Duration visibility) {
    if (!over) {
      hide(visibility);
    }
  }

  /** Gives it back, to be seen after this time. */
  synchronized void release(Duration rest) {
    over = true;
    hide(rest);
  }

  /** Leaves it as it is, hidden until its time is up. */
  synchronized void leave() {
    over = true;
  }

  synchronized void delete() {
    over = true;
    try {
      queue.deleteMessage(item.getMessageId(), receipt);
    } catch (HttpResponseException e) {
      lost("deleted", e);
    }
  }

  private void hide(Duration visibility) {
    try {
      UpdateMessageResult updated =
          queue.updateMessage(item.getMessageId(), receipt, body(), visibility);
      receipt = updated.getPopReceipt();
    } catch (HttpResponseException e) {
      lost("updated", e);
    }
  }

  /** Someone else has it now, or has done it: no failure of the call. */
  private void lost(String what, HttpResponseException e) {
    HostLog.say(
        "Message %s of queue %s could not be %s: status %d"
            .formatted(
                item.getMessageId(),
                queue.getQueueName(),
                what,
                e.getResponse() == null ? 0 : e.getResponse().getStatusCode()));
  }
}
