package dev.rekey.aks;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelineSyncPolicy;
import com.azure.core.util.BinaryData;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Turns every answer that isn't one of success into our fault, before a client of Azure's makes an
 * exception of it that quotes the answer.
 */
final class RefuseErrors extends HttpPipelineSyncPolicy {
  private final Clock clock;

  RefuseErrors(Clock clock) {
    this.clock = clock;
  }

  @Override
  protected HttpResponse afterReceivedResponse(
      HttpPipelineCallContext context, HttpResponse response) {
    int status = response.getStatusCode();
    if (status < 300) {
      return response;
    }
    try (response) {
      @Nullable BinaryData body = response.getBodyAsBinaryData();
      throw ArmFaults.ofAnswer(
          Doing.of(context),
          status,
          ArmError.of(body == null ? new byte[0] : body.toBytes()),
          RetryAfter.parse(response.getHeaderValue(HttpHeaderName.RETRY_AFTER), clock.instant()));
    }
  }
}
