package dev.rekey.storage;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpPipeline;
import dev.rekey.service.port.Message;
import dev.rekey.service.port.Messages;
import dev.rekey.service.port.PoisonQueues;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The queues of Azure Storage. A queue is made when the first message goes into it. Messages never
 * expire. Thread-safe; every call ends within 30 seconds.
 *
 * <p>A message whose answer was lost is sent again, so it may come twice.
 */
public final class StorageQueues implements Messages, PoisonQueues {

  /** Key events, from Event Grid. */
  public static final String KEY_EVENTS = "rekey-key-events";

  /** {@link Message.Advance}. */
  public static final String OPERATIONS = "rekey-operations";

  /** {@link Message.WorkShard}. */
  public static final String SHARDS = "rekey-shards";

  /** What the Functions host appends for messages that have failed too often. */
  private static final String POISON = "-poison";

  /** Storage takes seven days; a bit less leaves no doubt about where the limit lies. */
  static final Duration LONGEST_DELAY = Duration.ofDays(7).minusHours(1);

  private final AzureQueue operations;
  private final AzureQueue shards;
  private final List<AzureQueue> poison = new ArrayList<>();

  /**
   * The queues of an account, on the identity's own rights; nothing is sent yet.
   *
   * @param queueEndpoint such as {@code https://ACCOUNT.queue.core.windows.net}
   * @param credential needs the role Storage Queue Data Contributor
   */
  public static StorageQueues open(URI queueEndpoint, TokenCredential credential, HttpClient http) {
    Clock clock = Clock.systemUTC();
    return new StorageQueues(
        queueEndpoint,
        StoragePipeline.to(credential, http, clock),
        new StorageFaults(queueEndpoint, StorageService.QUEUES, clock));
  }

  private StorageQueues(URI endpoint, HttpPipeline pipeline, StorageFaults faults) {
    this.operations = new AzureQueue(endpoint, OPERATIONS, pipeline, faults);
    this.shards = new AzureQueue(endpoint, SHARDS, pipeline, faults);
    for (String queue : List.of(KEY_EVENTS, OPERATIONS, SHARDS)) {
      poison.add(new AzureQueue(endpoint, queue + POISON, pipeline, faults));
    }
  }

  /** A longer delay than storage takes is cut: what comes early is looked at and sent again. */
  @Override
  public void send(Message message, Duration delay) {
    queue(message).send(MessageText.write(message), seconds(delay));
  }

  private AzureQueue queue(Message message) {
    if (message instanceof Message.Advance) {
      return operations;
    }
    if (message instanceof Message.WorkShard) {
      return shards;
    }
    throw new IllegalStateException("a message of an unknown kind");
  }

  /** Whole seconds, rounded up: a message that comes before its time is one too many. */
  static Duration seconds(Duration delay) {
    if (delay.isNegative()) {
      return Duration.ZERO;
    }
    if (delay.compareTo(LONGEST_DELAY) >= 0) {
      return LONGEST_DELAY;
    }
    return Duration.ofSeconds(delay.getSeconds() + (delay.getNano() > 0 ? 1 : 0));
  }

  @Override
  public Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    for (AzureQueue queue : poison) {
      long count = queue.count();
      if (count > 0) {
        counts.put(queue.name(), count);
      }
    }
    return counts;
  }
}
