package dev.rekey.storage;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpResponse;
import com.azure.data.tables.models.TableServiceException;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What an error of Azure Storage means. The only place where the clients' exceptions are known. */
final class StorageFaults {
  private static final HttpHeaderName CODE = HttpHeaderName.fromString("x-ms-error-code");
  private static final int LONGEST_CHAIN = 12;

  /** Which of the two services, and the role that it asks for. */
  private final String service;

  private final String role;

  private StorageFaults(String service, String role) {
    this.service = service;
    this.role = role;
  }

  static StorageFaults ofTables(String address) {
    return new StorageFaults("the table service " + address, "Storage Table Data Contributor");
  }

  static StorageFaults ofQueues(String address) {
    return new StorageFaults("the queue service " + address, "Storage Queue Data Contributor");
  }

  /** The service's own code, such as {@code TableNotFound}; empty if there is none. */
  static String code(RuntimeException failed) {
    HttpResponseException known = refusal(failed);
    if (known instanceof TableServiceException table && table.getValue() != null) {
      return String.valueOf(table.getValue().getErrorCode());
    }
    HttpResponse answer = known == null ? null : known.getResponse();
    String code = answer == null ? null : answer.getHeaderValue(CODE);
    return code == null ? "" : code;
  }

  OutsideFault of(RuntimeException failed) {
    if (failed instanceof OutsideFault known) {
      return known;
    }
    if (failed instanceof ClientAuthenticationException) {
      return unauthenticated();
    }
    HttpResponseException known = refusal(failed);
    HttpResponse answer = known == null ? null : known.getResponse();
    return answer == null ? unanswered(failed) : answered(answer);
  }

  /** A call with a time limit runs on another thread, and what it throws comes wrapped. */
  private static @Nullable HttpResponseException refusal(Throwable failed) {
    Throwable cause = failed;
    for (int depth = 0; cause != null && depth < LONGEST_CHAIN; depth++) {
      if (cause instanceof HttpResponseException known) {
        return known;
      }
      cause = cause.getCause();
    }
    return null;
  }

  private OutsideFault answered(HttpResponse answer) {
    int status = answer.getStatusCode();
    return switch (status) {
      case 401 -> unauthenticated();
      case 403 ->
          fault(
              OutsideFault.Kind.FORBIDDEN,
              "refuses the call; give the identity the role "
                  + role
                  + " on the storage account, and"
                  + " see its firewall");
      case 404 -> fault(OutsideFault.Kind.NOT_FOUND, "has no such table or queue");
      case 409, 412 -> fault(OutsideFault.Kind.CONFLICT, "holds another state than was expected");
      case 429, 503 ->
          new OutsideFault(
              OutsideSystem.STORAGE,
              OutsideFault.Kind.BUSY,
              service + " asks to come back later",
              retryAfter(answer),
              null);
      default ->
          status >= 500
              ? fault(OutsideFault.Kind.BROKEN, "answers with an error of its own (" + status + ")")
              : fault(OutsideFault.Kind.REJECTED, "rejects the call (" + status + ")");
    };
  }

  private static @Nullable Duration retryAfter(HttpResponse answer) {
    String text = answer.getHeaderValue(HttpHeaderName.RETRY_AFTER);
    boolean seconds = text != null && text.matches("\\d{1,7}");
    return seconds ? Duration.ofSeconds(Long.parseLong(text)) : null;
  }

  private OutsideFault unauthenticated() {
    return fault(
        OutsideFault.Kind.UNAUTHENTICATED,
        "does not accept the credential, or none can be had; see AzureWebJobsStorage__clientId and"
            + " the identities of the app");
  }

  private OutsideFault unanswered(RuntimeException failed) {
    Throwable cause = failed;
    for (int depth = 0; cause != null && depth < LONGEST_CHAIN; depth++) {
      if (cause instanceof ClientAuthenticationException) {
        return unauthenticated();
      }
      if (cause instanceof HttpTimeoutException || cause instanceof TimeoutException) {
        return fault(OutsideFault.Kind.TIMED_OUT, "did not answer in time");
      }
      if (cause instanceof IOException) {
        return fault(
            OutsideFault.Kind.UNREACHABLE, "can't be reached; see its name, DNS and firewall");
      }
      cause = cause.getCause();
    }
    return fault(OutsideFault.Kind.MALFORMED, "gave an answer that can't be understood");
  }

  private OutsideFault fault(OutsideFault.Kind kind, String problem) {
    return new OutsideFault(OutsideSystem.STORAGE, kind, service + " " + problem);
  }
}
