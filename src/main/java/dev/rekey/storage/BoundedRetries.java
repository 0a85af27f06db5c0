package dev.rekey.storage;

import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.RequestRetryCondition;
import com.azure.core.http.policy.RetryStrategy;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request again, twice at most and almost at once. Where storage asks for more than a
 * moment the caller is told instead: the SDK would sleep for as long as the header says, and the
 * message that is being worked on comes back by itself.
 */
final class BoundedRetries implements RetryStrategy {
  static final int MOST = 2;
  private static final Duration FIRST_DELAY = Duration.ofMillis(200);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
  private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);

  private final Clock clock;

  BoundedRetries(Clock clock) {
    this.clock = clock;
  }

  @Override
  public int getMaxRetries() {
    return MOST;
  }

  @Override
  public Duration calculateRetryDelay(int retryAttempts) {
    return FIRST_DELAY.multipliedBy(1L << retryAttempts);
  }

  @Override
  public boolean shouldRetryCondition(RequestRetryCondition condition) {
    HttpResponse response = condition.getResponse();
    return response == null ? isOfTheWire(condition.getThrowable()) : isPassing(response);
  }

  private boolean isPassing(HttpResponse response) {
    Duration wait = RetryAfter.in(response.getHeaders(), clock.instant());
    return PASSING.contains(response.getStatusCode())
        && (wait == null || wait.compareTo(LONGEST_WAIT) <= 0);
  }

  private static boolean isOfTheWire(@Nullable Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof IOException || each instanceof TimeoutException) {
        return true;
      }
    }
    return false;
  }
}
