package dev.rekey.storage;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.policy.BearerTokenAuthenticationPolicy;
import com.azure.core.http.policy.RequestIdPolicy;
import com.azure.core.http.policy.RetryPolicy;
import com.azure.core.http.policy.UserAgentPolicy;
import java.time.Clock;

/**
 * The way of a request to storage. It stands in for the ones that the SDK's builders make: those
 * try again for minutes, and the one for tables cuts the closing quote off an ETag.
 */
final class StoragePipeline {
  /** The same in every cloud. */
  private static final String TOKEN_SCOPE = "https://storage.azure.com/.default";

  private StoragePipeline() {}

  static HttpPipeline to(TokenCredential credential, HttpClient http, Clock clock) {
    return new HttpPipelineBuilder()
        .httpClient(http)
        .policies(
            new UserAgentPolicy("rekey"),
            new RequestIdPolicy(),
            new RetryPolicy(new BoundedRetries(clock)),
            new BearerTokenAuthenticationPolicy(credential, TOKEN_SCOPE),
            new SentRequest.Watch())
        .build();
  }
}
