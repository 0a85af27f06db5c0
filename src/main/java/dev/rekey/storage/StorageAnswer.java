package dev.rekey.storage;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpResponse;
import com.azure.data.tables.models.TableServiceException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What storage answered, where it isn't success.
 *
 * @param status of HTTP; for a write within a transaction the one that its code stands for
 * @param code Azure's name for it, such as {@code TableNotFound}; empty if there is none, and then
 *     it may not be storage that has answered
 * @param retryAfter null if it does not say
 */
record StorageAnswer(int status, String code, @Nullable Duration retryAfter) {
  private static final HttpHeaderName ERROR_CODE = HttpHeaderName.fromString("x-ms-error-code");
  private static final Pattern CODE = Pattern.compile("[A-Za-z]{3,80}");

  /** The SDK keeps the code of a failed transaction's write, and drops the rest. */
  private static final Map<String, Integer> STATUSES =
      Map.ofEntries(
          Map.entry("AuthenticationFailed", 403),
          Map.entry("AuthorizationFailure", 403),
          Map.entry("AuthorizationPermissionMismatch", 403),
          Map.entry("InsufficientAccountPermissions", 403),
          Map.entry("TableNotFound", 404),
          Map.entry("ResourceNotFound", 404),
          Map.entry("EntityNotFound", 404),
          Map.entry("EntityAlreadyExists", 409),
          Map.entry("TableBeingDeleted", 409),
          Map.entry("UpdateConditionNotSatisfied", 412),
          Map.entry("TooManyRequests", 429),
          Map.entry("InternalError", 500),
          Map.entry("OperationTimedOut", 500),
          Map.entry("ServerBusy", 503));

  private static final int REJECTED = 400;

  /** The answer behind what the SDK has thrown; empty if there was none. */
  static Optional<StorageAnswer> of(Throwable failure, Instant now) {
    if (!(failure instanceof HttpResponseException refused)) {
      return Optional.empty();
    }
    HttpResponse response = refused.getResponse();
    String code = code(refused, response);
    if (response == null) {
      int status = STATUSES.getOrDefault(code, REJECTED);
      return code.isEmpty() ? Optional.empty() : Optional.of(new StorageAnswer(status, code, null));
    }
    Duration retryAfter = RetryAfter.in(response.getHeaders(), now);
    return Optional.of(new StorageAnswer(response.getStatusCode(), code, retryAfter));
  }

  private static String code(HttpResponseException refused, @Nullable HttpResponse response) {
    String code = response == null ? null : response.getHeaderValue(ERROR_CODE);
    if (code == null && refused instanceof TableServiceException table) {
      code = table.getValue() == null ? null : String.valueOf(table.getValue().getErrorCode());
    }
    return code != null && CODE.matcher(code).matches() ? code : "";
  }

  boolean isAnyOf(String... codes) {
    for (String each : codes) {
      if (code.equals(each)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the request was refused and so certainly not carried out. */
  boolean isRefusal() {
    return status >= 400 && status < 500 && status != 408;
  }

  /** Status and, if there is one, code. */
  String text() {
    return code.isEmpty() ? "" + status : status + ", " + code;
  }
}
