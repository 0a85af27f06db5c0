package dev.rekey.functions;

import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatusType;
import dev.rekey.web.WebRequest;
import dev.rekey.web.WebResponse;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The host's requests and responses as those of the API, and back. */
final class HttpExchange {
  private HttpExchange() {}

  /** A request whose path holds no variable segment. */
  static WebRequest request(HttpRequestMessage<Optional<String>> message) {
    return request(message, Map.of());
  }

  static WebRequest request(
      HttpRequestMessage<Optional<String>> message, Map<String, String> route) {
    Map<String, String> headers = new HashMap<>();
    message
        .getHeaders()
        .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    return new WebRequest(
        message.getHttpMethod().toString(),
        route,
        message.getQueryParameters(),
        headers,
        message.getBody().orElse(""));
  }

  static HttpResponseMessage response(
      HttpRequestMessage<Optional<String>> message, WebResponse response) {
    HttpResponseMessage.Builder builder =
        message
            .createResponseBuilder(HttpStatusType.custom(response.status()))
            .body(response.body());
    response.headers().forEach(builder::header);
    return builder.build();
  }
}
