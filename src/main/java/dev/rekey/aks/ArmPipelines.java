package dev.rekey.aks;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.http.policy.RequestIdPolicy;
import com.azure.core.http.policy.RetryPolicy;
import com.azure.core.http.policy.UserAgentPolicy;
import com.azure.core.management.http.policy.ArmChallengeAuthenticationPolicy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The two ways to ARM. Neither has the SDK's policy that registers resource providers: a program
 * that reads must not change a subscription.
 *
 * @param reading tries again, since a second time does no harm
 * @param changing sends once: after a second time nobody could tell whether a 412 comes of our own
 *     first one
 */
record ArmPipelines(HttpPipeline reading, HttpPipeline changing) {

  static ArmPipelines to(
      ArmHost host,
      TokenCredential credential,
      HttpClient http,
      String applicationId,
      Duration firstDelay) {
    Clock clock = Clock.systemUTC();
    List<HttpPipelinePolicy> before =
        List.of(new RefuseErrors(clock), new UserAgentPolicy(applicationId), new RequestIdPolicy());
    List<HttpPipelinePolicy> after =
        List.of(
            new OnlyArm(host), new ArmChallengeAuthenticationPolicy(credential, host.tokenScope()));
    List<HttpPipelinePolicy> retrying = new ArrayList<>(before);
    retrying.add(new RetryPolicy(new BoundedRetries(clock, firstDelay)));
    retrying.addAll(after);
    List<HttpPipelinePolicy> once = new ArrayList<>(before);
    once.addAll(after);
    return new ArmPipelines(pipeline(http, retrying), pipeline(http, once));
  }

  private static HttpPipeline pipeline(HttpClient http, List<HttpPipelinePolicy> policies) {
    return new HttpPipelineBuilder()
        .httpClient(http)
        .policies(policies.toArray(HttpPipelinePolicy[]::new))
        .build();
  }
}
