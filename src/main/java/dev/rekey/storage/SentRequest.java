package dev.rekey.storage;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One request, however often the SDK sends it. It remembers whether one of the tries may have taken
 * effect without our getting to know: the next try then meets our own change, and its refusal means
 * nothing.
 */
final class SentRequest {
  private static final String SENT_REQUEST = "rekey-sent-request";
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * How long storage may take to answer one try. With all tries, and with a look at what became of
   * a write, a call stays below the 30 seconds that Event Grid waits.
   */
  static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(4);

  private volatile boolean answerLost;

  /** The last one, with its body read; null if there is none, or the last try brought none. */
  private volatile @Nullable HttpResponse answer;

  private volatile int successes;

  /** Whether a try may have been carried out although it brought no answer of success. */
  boolean isAnswerLost() {
    return answerLost;
  }

  /**
   * Whether the last answer was one of success: whatever the SDK throws then comes of its content.
   */
  boolean isAnsweredWithSuccess() {
    HttpResponse last = answer;
    return last != null && isSuccess(last);
  }

  /** How many answers were ones of success: one for each page of a list. */
  int successes() {
    return successes;
  }

  private static boolean isSuccess(HttpResponse response) {
    return response.getStatusCode() >= 200 && response.getStatusCode() < 300;
  }

  /** Whether the last answer is a JSON object with a list under this name, be it an empty one. */
  boolean isAnsweredWithList(String name) {
    HttpResponse last = answer;
    BinaryData body = last == null ? null : last.getBodyAsBinaryData();
    try {
      return body != null && JSON.readTree(body.toBytes()).path(name).isArray();
    } catch (IOException noJson) {
      return false;
    }
  }

  /** What the SDK is given along with the request. */
  Context context() {
    return new Context(SENT_REQUEST, this)
        .addData("azure-response-timeout", RESPONSE_TIMEOUT)
        .addData("azure-eagerly-read-response", true);
  }

  /** The tries of a request follow each other. */
  private synchronized void answered(HttpResponse response) {
    int status = response.getStatusCode();
    answer = response;
    successes += isSuccess(response) ? 1 : 0;
    answerLost |= status >= 500 || status == 408;
  }

  private void failed(Throwable failure) {
    answer = null;
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
        request.answered(response);
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
      return next.process().doOnNext(request::answered).doOnError(request::failed);
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
