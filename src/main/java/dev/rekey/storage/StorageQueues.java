package dev.rekey.storage;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.util.Context;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueClientBuilder;
import com.azure.storage.queue.QueueMessageEncoding;
import dev.rekey.service.port.Message;
import dev.rekey.service.port.Messages;
import dev.rekey.service.port.PoisonQueues;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Azure Storage's queues. Messages are Base64, as the Functions host reads them, and never expire:
 * a message that did would leave its operation to the timer. Thread-safe.
 */
public final class StorageQueues implements Messages, PoisonQueues {
  public static final String KEY_EVENTS = "rekey-key-events";
  public static final String OPERATIONS = "rekey-operations";
  public static final String SHARDS = "rekey-shards";

  private static final List<String> POISON =
      List.of(KEY_EVENTS + "-poison", OPERATIONS + "-poison", SHARDS + "-poison");

  private static final Duration NEVER = Duration.ofSeconds(-1);

  /** The service takes seven days at most, and a turn that comes early just looks again. */
  private static final Duration LONGEST_DELAY = Duration.ofDays(6);

  private static final int MOST_PEEKED = 32;
  private static final String MISSING = "QueueNotFound";

  private final URI endpoint;
  private final TokenCredential credential;
  private final HttpClient http;
  private final StorageFaults faults;
  private final Map<String, QueueClient> clients = new ConcurrentHashMap<>();

  private StorageQueues(URI endpoint, TokenCredential credential, HttpClient http) {
    this.endpoint = endpoint;
    this.credential = credential;
    this.http = http;
    this.faults = StorageFaults.ofQueues(endpoint.toString());
  }

  /**
   * Sends nothing yet.
   *
   * @param endpoint the queue service, without a path
   * @param http with finite timeouts
   */
  public static StorageQueues open(URI endpoint, TokenCredential credential, HttpClient http) {
    return new StorageQueues(endpoint, credential, http);
  }

  @Override
  public void send(Message message, Duration delay) {
    String queue = message instanceof Message.WorkShard ? SHARDS : OPERATIONS;
    send(client(queue), MessageText.write(message), bounded(delay));
  }

  private static Duration bounded(Duration delay) {
    Duration positive = delay.isNegative() ? Duration.ZERO : delay;
    Duration seconds = Duration.ofSeconds(positive.plusMillis(999).toSeconds());
    return seconds.compareTo(LONGEST_DELAY) < 0 ? seconds : LONGEST_DELAY;
  }

  private void send(QueueClient client, String text, Duration delay) {
    try {
      client.sendMessageWithResponse(text, delay, NEVER, StorageRetries.WHOLE_CALL, Context.NONE);
    } catch (RuntimeException failed) {
      if (!StorageFaults.code(failed).equals(MISSING)) {
        throw faults.of(failed);
      }
      createThenSend(client, text, delay);
    }
  }

  private void createThenSend(QueueClient client, String text, Duration delay) {
    try {
      client.createIfNotExistsWithResponse(null, StorageRetries.WHOLE_CALL, Context.NONE);
      client.sendMessageWithResponse(text, delay, NEVER, StorageRetries.WHOLE_CALL, Context.NONE);
    } catch (RuntimeException failed) {
      throw faults.of(failed);
    }
  }

  @Override
  public Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    for (String queue : POISON) {
      long count = count(client(queue));
      if (count > 0) {
        counts.put(queue, count);
      }
    }
    return counts;
  }

  /** The service's count is approximate and can lag behind: what can be peeked at is there. */
  private long count(QueueClient client) {
    try {
      long approximate =
          client
              .getPropertiesWithResponse(StorageRetries.WHOLE_CALL, Context.NONE)
              .getValue()
              .getApproximateMessagesCountLong();
      long seen =
          client.peekMessages(MOST_PEEKED, StorageRetries.WHOLE_CALL, Context.NONE).stream()
              .count();
      return Math.max(approximate, seen);
    } catch (RuntimeException failed) {
      if (StorageFaults.code(failed).equals(MISSING)) {
        return 0;
      }
      throw faults.of(failed);
    }
  }

  private QueueClient client(String queue) {
    return clients.computeIfAbsent(
        queue,
        name ->
            new QueueClientBuilder()
                .endpoint(endpoint.toString())
                .queueName(name)
                .credential(credential)
                .httpClient(http)
                .messageEncoding(QueueMessageEncoding.BASE64)
                .retryOptions(StorageRetries.options())
                // A text that isn't Base64 is counted, not read.
                .processMessageDecodingError(undecodable -> {})
                .buildClient());
  }
}
