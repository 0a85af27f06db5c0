package dev.rekey.aks;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.util.Context;
import java.time.Duration;

/** What a request is for, in our own words, on its way through Azure's pipeline. */
final class Doing {
  private static final String DOING = "rekey-doing";
  private static final String UNNAMED = "ask";

  /**
   * How long ARM may take to begin its answer. It takes an update in seconds and carries it out
   * afterwards; lists of a large subscription are the slowest.
   */
  private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(45);

  private Doing() {}

  /**
   * The context of a request.
   *
   * @param doing such as {@code read the cluster prod-1a2b3c4d}
   */
  static Context context(String doing) {
    return new Context(DOING, doing)
        .addData("azure-response-timeout", RESPONSE_TIMEOUT)
        .addData("azure-eagerly-read-response", true);
  }

  static String of(HttpPipelineCallContext context) {
    return context.getData(DOING).map(Object::toString).orElse(UNNAMED);
  }
}
