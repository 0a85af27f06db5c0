package dev.rekey.endtoend.functions;

import dev.rekey.testbed.Testbed;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many changing requests an API server has had in flight at most, by its own account: {@code
 * apiserver_current_inflight_requests} is the most of the last second, so it is read more often
 * than that.
 */
final class InFlightWatch implements AutoCloseable {
  private static final Pattern MUTATING =
      Pattern.compile("apiserver_current_inflight_requests\\{request_kind=\"mutating\"\\} (\\d+)");
  private static final long EVERY_MILLIS = 300;

  private final Testbed testbed;
  private final AtomicLong most = new AtomicLong();
  private final Thread thread;

  InFlightWatch(Testbed testbed) {
    this.testbed = testbed;
    this.thread = new Thread(this::watch, "in-flight-watch");
    thread.start();
  }

  long most() {
    return most.get();
  }

  private void watch() {
    while (!Thread.currentThread().isInterrupted()) {
      look();
      try {
        Thread.sleep(EVERY_MILLIS);
      } catch (InterruptedException ended) {
        return;
      }
    }
  }

  /** While the API server restarts there is nothing to see. */
  private void look() {
    try {
      Matcher matcher = MUTATING.matcher(testbed.requests().get("/metrics").body());
      if (matcher.find()) {
        most.accumulateAndGet(Long.parseLong(matcher.group(1)), Math::max);
      }
    } catch (RuntimeException unavailable) {
      // The next look will tell.
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
