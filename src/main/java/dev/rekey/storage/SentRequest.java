package dev.rekey.storage;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.util.Context;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import reactor.core.publisher.Mono;

/**
 * One request, however often the SDK sends it. It remembers whether one of the tries may have taken
 * effect without our getting to know: the next try then meets our own change, and its refusal means
 * nothing.
 */
final class SentRequest {
  private static final String SENT_REQUEST = "rekey-sent-request";

  /**
   * How long storage may take to answer one try. With all tries, and with a look at what became of
   * a write, a call stays below the 30 seconds that Event Grid waits.
   */
  static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(4);

  private volatile boolean answerLost;

  /** Whether a try may have been carried out although it brought no answer of success. */
  boolean isAnswerLost() {
    return answerLost;
  }

  /** What the SDK is given along with the request. */
  Context context() {
    return new Context(SENT_REQUEST, this)
        .addData("azure-response-timeout", RESPONSE_TIMEOUT)
        .addData("azure-eagerly-read-response", true);
  }

  private void answered(int status) {
    answerLost |= status >= 500 || status == 408;
  }

  private void failed(Throwable failure) {
    answerLost |= !isNeverSent(failure);
  }

  private static boolean isNeverSent(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof ConnectException
          || each instanceof HttpConnectTimeoutException
          || each instanceof UnknownHostException
          || each instanceof UnresolvedAddressException
          || each instanceof SSLHandshakeException) {
        return true;
      }
    }
    return false;
  }

  /** Stands last before the wire, behind the retries, and so sees each try. */
  static final class Watch implements HttpPipelinePolicy {
    @Override
    public HttpResponse processSync(
        HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
      SentRequest request = of(context);
      try {
        HttpResponse response = next.processSync();
        request.answered(response.getStatusCode());
        return response;
      } catch (RuntimeException failure) {
        request.failed(failure);
        throw failure;
      }
    }

    @Override
    public Mono<HttpResponse> process(
        HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
      SentRequest request = of(context);
      return next.process()
          .doOnNext(response -> request.answered(response.getStatusCode()))
          .doOnError(request::failed);
    }

    private static SentRequest of(HttpPipelineCallContext context) {
      return context
          .getData(SENT_REQUEST)
          .filter(SentRequest.class::isInstance)
          .map(SentRequest.class::cast)
          .orElseGet(SentRequest::new);
    }
  }
}
