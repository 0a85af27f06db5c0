package dev.rekey.testbed.functionshost;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code extensions.queues} of host.json, with the real host's defaults and bounds.
 *
 * @param batchSize messages fetched at once, 1 to 32
 * @param newBatchThreshold a new batch is fetched when no more than so many are being worked on
 * @param maxDequeueCount tries before a message is set aside
 * @param visibilityTimeout how long a failed message rests
 * @param maxPollingInterval longest pause between two looks at an empty queue
 * @param base64 whether messages are Base64, as opposed to plain text
 */
public record QueueRules(
    int batchSize,
    int newBatchThreshold,
    int maxDequeueCount,
    Duration visibilityTimeout,
    Duration maxPollingInterval,
    boolean base64) {
  private static final int LARGEST_BATCH = 32;
  private static final Duration SHORTEST_POLLING = Duration.ofMillis(100);
  private static final Pattern TIME_SPAN =
      Pattern.compile("(?:(\\d+)\\.)?(\\d{1,2}):(\\d{2}):(\\d{2})(?:\\.(\\d{1,7}))?");

  public QueueRules {
    if (batchSize < 1 || batchSize > LARGEST_BATCH) {
      throw new IllegalArgumentException("batchSize is 1 to 32, not " + batchSize);
    }
    if (newBatchThreshold < 0 || maxDequeueCount < 1) {
      throw new IllegalArgumentException(
          "newBatchThreshold is 0 or more, maxDequeueCount 1 or more");
    }
    if (maxPollingInterval.compareTo(SHORTEST_POLLING) < 0) {
      throw new IllegalArgumentException("maxPollingInterval is at least 100 ms");
    }
  }

  static QueueRules of(JsonNode queues) {
    int batchSize = queues.path("batchSize").asInt(16);
    int processors = Runtime.getRuntime().availableProcessors();
    return new QueueRules(
        batchSize,
        queues.path("newBatchThreshold").asInt(batchSize / 2 * processors),
        queues.path("maxDequeueCount").asInt(5),
        timeSpan(queues.path("visibilityTimeout").asText("00:00:00")),
        timeSpan(queues.path("maxPollingInterval").asText("00:01:00")),
        !queues.path("messageEncoding").asText("base64").equalsIgnoreCase("none"));
  }

  /** How many calls of one function run at once, in one instance. */
  public int parallelCalls() {
    return batchSize + newBatchThreshold;
  }

  /** {@code [days.]hours:minutes:seconds[.fraction]}. */
  static Duration timeSpan(String text) {
    Matcher parts = TIME_SPAN.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("expected [d.]hh:mm:ss[.fraction], not " + text);
    }
    String fraction = parts.group(5) == null ? "0" : parts.group(5);
    return Duration.ofDays(parts.group(1) == null ? 0 : Long.parseLong(parts.group(1)))
        .plusHours(Long.parseLong(parts.group(2)))
        .plusMinutes(Long.parseLong(parts.group(3)))
        .plusSeconds(Long.parseLong(parts.group(4)))
        .plusNanos(Long.parseLong((fraction + "000000000").substring(0, 9)));
  }
}
