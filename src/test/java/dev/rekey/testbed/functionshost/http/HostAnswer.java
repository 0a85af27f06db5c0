package dev.rekey.testbed.functionshost.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What goes back. */
record HostAnswer(int status, Map<String, String> headers, byte[] body) {
  private static final String TEXT = "text/plain; charset=utf-8";

  static HostAnswer empty(int status) {
    return new HostAnswer(status, Map.of(), new byte[0]);
  }

  static HostAnswer text(int status, String text) {
    return of(status, TEXT, text);
  }

  static HostAnswer json(int status, String json) {
    return of(status, "application/json; charset=utf-8", json);
  }

  private static HostAnswer of(int status, String type, String text) {
    return new HostAnswer(
        status, Map.of("Content-Type", type), text.getBytes(StandardCharsets.UTF_8));
  }

  void send(HttpExchange exchange) throws IOException {
    headers.forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
    boolean silent = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, silent ? -1 : body.length);
    if (!silent) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }
}
