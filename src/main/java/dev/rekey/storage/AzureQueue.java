package dev.rekey.storage;

import com.azure.core.http.HttpPipeline;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueClientBuilder;
import com.azure.storage.queue.QueueMessageEncoding;
import java.net.URI;
import java.time.Duration;

/** The requests to one queue of Azure Storage. */
final class AzureQueue {
  /** What the service calls "never". */
  private static final Duration NEVER_EXPIRES = Duration.ofSeconds(-1);

  private final QueueClient client;
  private final StorageFaults faults;

  AzureQueue(URI endpoint, String name, HttpPipeline pipeline, StorageFaults faults) {
    this.client =
        new QueueClientBuilder()
            .endpoint(endpoint.toString())
            .queueName(name)
            .messageEncoding(QueueMessageEncoding.BASE64) // what the Functions host reads
            .pipeline(pipeline)
            // A text that isn't Base64 is counted, not read: a look at it must not fail.
            .processMessageDecodingError(undecodable -> {})
            .buildClient();
    this.faults = faults;
  }

  String name() {
    return client.getQueueName();
  }

  /** Sends a text, and makes the queue first if there is none yet. */
  void send(String text, Duration delay) {
    String doing = "send to the queue " + name();
    SentRequest request = new SentRequest();
    try {
      enqueue(text, delay, request);
    } catch (RuntimeException failure) {
      if (!isMissing(failure)) {
        throw faults.of(doing, failure, request);
      }
      create();
      SentRequest second = new SentRequest();
      try {
        enqueue(text, delay, second);
      } catch (RuntimeException again) {
        throw faults.of(doing, again, second);
      }
    }
  }

  private void enqueue(String text, Duration delay, SentRequest request) {
    client.sendMessageWithResponse(text, delay, NEVER_EXPIRES, null, request.context());
  }

  private void create() {
    SentRequest request = new SentRequest();
    try {
      client.createIfNotExistsWithResponse(null, null, request.context());
    } catch (RuntimeException failure) {
      throw faults.of("make the queue " + name(), failure, request);
    }
  }

  /**
   * About how many messages the queue holds, hidden ones too; 0 if there is no queue. Nothing is
   * taken.
   */
  long count() {
    SentRequest request = new SentRequest();
    try {
      long about =
          client
              .getPropertiesWithResponse(null, request.context())
              .getValue()
              .getApproximateMessagesCountLong();
      return Math.max(about, seen(request));
    } catch (RuntimeException failure) {
      if (isMissing(failure)) {
        return 0;
      }
      throw faults.of("look at the queue " + name(), failure, request);
    }
  }

  /** The count is an approximate one: whether there is any message at all is seen by a look. */
  private long seen(SentRequest request) {
    return client.peekMessages(1, null, request.context()).stream().count();
  }

  private boolean isMissing(RuntimeException failure) {
    return faults.answer(failure).filter(answer -> answer.isAnyOf("QueueNotFound")).isPresent();
  }
}
