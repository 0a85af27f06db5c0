package dev.rekey.simulation.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters of a URL's query. */
public final class QueryParameters {
  private QueryParameters() {}

  /**
   * Decoded, in their order; the last of a name counts.
   *
   * @param raw the query as it came; null if there is none
   */
  public static Map<String, String> of(@Nullable String raw) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String each : raw == null ? new String[0] : raw.split("&", -1)) {
      int equals = each.indexOf('=');
      String name = equals < 0 ? each : each.substring(0, equals);
      String value = equals < 0 ? "" : each.substring(equals + 1);
      parameters.put(decoded(name), decoded(value));
    }
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
