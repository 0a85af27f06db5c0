package dev.rekey.testbed.functionshost.queue;

import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.models.QueueMessageItem;
import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.testbed.functionshost.HostLog;
import dev.rekey.testbed.functionshost.JsonText;
import dev.rekey.testbed.functionshost.PackagedFunction;
import dev.rekey.testbed.functionshost.QueueRules;
import dev.rekey.testbed.functionshost.worker.CallResult;
import dev.rekey.testbed.functionshost.worker.Calls;
import dev.rekey.testbed.functionshost.worker.TriggerInput;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** From a fetched message to its end: deleted, given back, or set aside in the poison queue. */
final class MessageCall {
  private final PackagedFunction function;
  private final Calls calls;
  private final QueueRules rules;
  private final Optional<QueueClient> poison;
  private final Duration visibility;
  private final boolean duplicate;
  private final ScheduledExecutorService renewals;

  /**
   * @param poison empty for a queue that is a poison queue itself
   * @param visibility how long a message is hidden, from fetching and from each renewal
   * @param duplicate whether a message goes back after its first success
   */
  MessageCall(
      PackagedFunction function,
      Calls calls,
      QueueRules rules,
      Optional<QueueClient> poison,
      Duration visibility,
      boolean duplicate,
      ScheduledExecutorService renewals) {
    this.function = function;
    this.calls = calls;
    this.rules = rules;
    this.poison = poison;
    this.visibility = visibility;
    this.duplicate = duplicate;
    this.renewals = renewals;
  }

  void run(ReceivedMessage message) {
    long tries = message.item().getDequeueCount();
    Optional<String> text = new MessageText(rules.base64()).decoded(message.body());
    if (poison.isPresent() && (text.isEmpty() || tries > rules.maxDequeueCount())) {
      setAside(message);
      return;
    }
    // A poison queue's own message that can't be read stays: there is nowhere to put it.
    boolean succeeded = text.isPresent() && answered(message, text.get());
    if (succeeded && duplicate && tries == 1) {
      message.release(Duration.ZERO);
    } else if (succeeded) {
      message.delete();
    } else if (poison.isEmpty()) {
      message.leave();
    } else if (tries >= rules.maxDequeueCount()) {
      setAside(message);
    } else {
      message.release(rules.visibilityTimeout());
    }
  }

  private boolean answered(ReceivedMessage message, String text) {
    long half = visibility.toMillis() / 2;
    ScheduledFuture<?> renewal =
        renewals.scheduleWithFixedDelay(
            () -> message.renew(visibility), half, half, TimeUnit.MILLISECONDS);
    try {
      String reason =
          "New queue message detected on '%s'. MessageId: %s, DequeueCount: %d"
              .formatted(
                  function.queue(),
                  message.item().getMessageId(),
                  message.item().getDequeueCount());
      CallResult result =
          calls.run(function, reason, new TriggerInput(text, metadata(message.item(), text)));
      return result.succeeded();
    } finally {
      renewal.cancel(false);
    }
  }

  private void setAside(ReceivedMessage message) {
    HostLog.say(
        "Message %s has reached MaxDequeueCount of %d or can't be read. Moving message to queue '%s'."
            .formatted(
                message.item().getMessageId(),
                rules.maxDequeueCount(),
                poison.orElseThrow().getQueueName()));
    poison.get().createIfNotExists();
    poison.get().sendMessage(message.body());
    message.delete();
  }

  /** What the host sends along; properties of a JSON message win over it, whatever their case. */
  static Map<String, Object> metadata(QueueMessageItem item, String text) {
    Map<String, Object> metadata = new HashMap<>();
    metadata.put("queuetrigger", text);
    metadata.put("id", item.getMessageId());
    metadata.put("popreceipt", item.getPopReceipt());
    metadata.put("dequeuecount", item.getDequeueCount());
    metadata.put("insertiontime", '"' + item.getInsertionTime().toString() + '"');
    metadata.put("expirationtime", '"' + item.getExpirationTime().toString() + '"');
    metadata.put("nextvisibletime", '"' + item.getTimeNextVisible().toString() + '"');
    JsonText.container(text)
        .filter(JsonNode::isObject)
        .ifPresent(
            json ->
                json.properties()
                    .forEach(
                        property ->
                            metadata.put(
                                property.getKey().toLowerCase(java.util.Locale.ROOT),
                                JsonText.reprinted(property.getValue()))));
    return metadata;
  }
}
