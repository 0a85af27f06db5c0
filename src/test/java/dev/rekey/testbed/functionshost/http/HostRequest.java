package dev.rekey.testbed.functionshost.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A request as it came in.
 *
 * @param segments of the path, decoded
 * @param headers names in lower case; several values of one name joined by commas
 * @param query decoded; several values of one name joined by commas, empty ones left out
 * @param body empty unless a positive Content-Length came with it
 */
record HostRequest(
    String method,
    URI uri,
    List<String> segments,
    Map<String, String> headers,
    Map<String, String> query,
    String body) {

  static HostRequest of(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
    byte[] body = exchange.getRequestBody().readAllBytes();
    // A chunked body is dropped, as the real host drops it on the way to the worker.
    boolean counted = Long.parseLong(headers.getOrDefault("content-length", "0")) > 0;
    URI target = exchange.getRequestURI();
    return new HostRequest(
        exchange.getRequestMethod(),
        URI.create("http://" + headers.getOrDefault("host", "localhost") + target),
        segments(target.getRawPath()),
        headers,
        query(target.getRawQuery()),
        counted ? new String(body, StandardCharsets.UTF_8) : "");
  }

  private static List<String> segments(String path) {
    return Arrays.stream(path.split("/"))
        .filter(segment -> !segment.isEmpty())
        .map(HostRequest::pathDecoded)
        .toList();
  }

  private static String pathDecoded(String segment) {
    return decoded(segment.replace("+", "%2B"));
  }

  static Map<String, String> query(String raw) {
    if (raw == null) {
      return Map.of();
    }
    return Arrays.stream(raw.split("&"))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> pair.length == 2 && !pair[1].isEmpty())
        .collect(
            Collectors.toMap(
                pair -> decoded(pair[0]),
                pair -> decoded(pair[1]),
                (first, second) -> first + "," + second,
                TreeMap::new));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** The key that came along, as header or as {@code code}; empty without one. */
  String key() {
    return headers.getOrDefault("x-functions-key", query.getOrDefault("code", ""));
  }

  boolean startsWith(String... first) {
    return segments.size() >= first.length
        && segments.subList(0, first.length).equals(List.of(first));
  }
}
