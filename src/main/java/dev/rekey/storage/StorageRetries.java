package dev.rekey.storage;

import com.azure.core.http.policy.ExponentialBackoffOptions;
import com.azure.core.http.policy.RetryOptions;
import java.time.Duration;

/** How long a call to storage may take: a function must answer in well under half a minute. */
final class StorageRetries {
  /** All tries of a call together. */
  static final Duration WHOLE_CALL = Duration.ofSeconds(20);

  private static final int RETRIES = 3;
  private static final Duration FIRST_DELAY = Duration.ofMillis(300);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(2);

  private StorageRetries() {}

  static RetryOptions options() {
    return new RetryOptions(
        new ExponentialBackoffOptions()
            .setMaxRetries(RETRIES)
            .setBaseDelay(FIRST_DELAY)
            .setMaxDelay(LONGEST_DELAY));
  }
}
