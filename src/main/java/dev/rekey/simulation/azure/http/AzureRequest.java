package dev.rekey.simulation.azure.http;

import com.sun.net.httpserver.HttpExchange;
import dev.rekey.simulation.http.QueryParameters;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request to one of Azure's services, as the service would see it.
 *
 * @param host the host that the client meant, lower case, such as {@code example.vault.azure.net}
 * @param path decoded, with a leading slash
 * @param query decoded parameters
 * @param headers by lower-case name; the first value of each
 */
public record AzureRequest(
    String method,
    String host,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    String body) {

  /** Reads a request whose path begins with the host that it is for. */
  static AzureRequest of(HttpExchange exchange) throws IOException {
    URI uri = exchange.getRequestURI();
    String[] parts = uri.getPath().split("/", 3);
    Map<String, String> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
    return new AzureRequest(
        exchange.getRequestMethod(),
        parts.length > 1 ? parts[1].toLowerCase(Locale.ROOT) : "",
        "/" + (parts.length > 2 ? parts[2] : ""),
        QueryParameters.of(uri.getRawQuery()),
        headers,
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
  }

  /** A header's value; null if it is absent. */
  public @Nullable String header(String name) {
    return headers.get(name.toLowerCase(Locale.ROOT));
  }
}
