package dev.rekey.simulation.cluster.http;

import com.sun.net.httpserver.HttpExchange;
import dev.rekey.simulation.http.QueryParameters;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as it came in; absent headers are empty texts. */
record ApiRequest(
    String method,
    String path,
    Map<String, String> query,
    String accept,
    String contentType,
    String authorization,
    String body) {

  static ApiRequest of(HttpExchange exchange) throws IOException {
    URI uri = exchange.getRequestURI();
    return new ApiRequest(
        exchange.getRequestMethod(),
        uri.getPath(),
        QueryParameters.of(uri.getRawQuery()),
        header(exchange, "Accept"),
        header(exchange, "Content-Type"),
        header(exchange, "Authorization"),
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
  }

  boolean isGet() {
    return method.equals("GET");
  }

  /** A parameter of the query; null if it is absent or empty. */
  @Nullable String parameter(String name) {
    String value = query.getOrDefault(name, "");
    return value.isEmpty() ? null : value;
  }

  /** The limit of a list; 0 for none. */
  int limit() {
    String limit = query.getOrDefault("limit", "");
    return limit.matches("\\d{1,9}") ? Integer.parseInt(limit) : 0;
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }
}
