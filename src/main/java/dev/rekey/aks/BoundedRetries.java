package dev.rekey.aks;

import com.azure.core.http.HttpHeaderName;
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
 * Tries a request that changes nothing again, twice at most and at once. Where ARM asks for more
 * than a moment, the caller is told instead: the SDK would sleep for as long as the header says,
 * and a function would be paid for it.
 */
final class BoundedRetries implements RetryStrategy {
  private static final int MOST = 2;
  static final Duration FIRST_DELAY = Duration.ofMillis(200);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
  private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);
  private static final Set<HttpHeaderName> IN_MILLISECONDS =
      Set.of(
          HttpHeaderName.fromString("retry-after-ms"),
          HttpHeaderName.fromString("x-ms-retry-after-ms"));

  private final Clock clock;
  private final Duration firstDelay;

  /**
   * Doubles the delay from try to try.
   *
   * @param firstDelay before the second try, unless ARM names another
   */
  BoundedRetries(Clock clock, Duration firstDelay) {
    this.clock = clock;
    this.firstDelay = firstDelay;
  }

  @Override
  public int getMaxRetries() {
    return MOST;
  }

  @Override
  public Duration calculateRetryDelay(int retryAttempts) {
    return firstDelay.multipliedBy(1L << retryAttempts);
  }

  @Override
  public boolean shouldRetryCondition(RequestRetryCondition condition) {
    HttpResponse response = condition.getResponse();
    return response == null ? isOfTheWire(condition.getThrowable()) : isPassing(response);
  }

  private boolean isPassing(HttpResponse response) {
    Duration wait =
        RetryAfter.parse(response.getHeaderValue(HttpHeaderName.RETRY_AFTER), clock.instant());
    boolean mayBeLong =
        (wait != null && wait.compareTo(LONGEST_WAIT) > 0)
            || IN_MILLISECONDS.stream().anyMatch(name -> response.getHeaderValue(name) != null);
    return PASSING.contains(response.getStatusCode()) && !mayBeLong;
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
