package dev.rekey.testbed.functionshost.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A route's template: segments that are literals (case doesn't matter), {@code {name}}, {@code
 * {name?}} or, as the last one, {@code {*name}}. A constraint after a colon is read over.
 */
record Route(List<String> parts) {

  static Route of(String prefix, String template) {
    List<String> parts = new ArrayList<>();
    for (String part : (prefix + "/" + template).split("/")) {
      if (!part.isEmpty()) {
        parts.add(part);
      }
    }
    return new Route(parts);
  }

  /** The parameters' values; empty where the path doesn't fit. */
  Optional<Map<String, String>> match(List<String> segments) {
    Map<String, String> values = new HashMap<>();
    int at = 0;
    for (String part : parts) {
      if (isRest(part)) {
        values.put(name(part), String.join("/", segments.subList(at, segments.size())));
        return Optional.of(values);
      }
      if (at == segments.size()) {
        if (!isOptional(part)) {
          return Optional.empty();
        }
        continue;
      }
      String segment = segments.get(at++);
      if (isParameter(part)) {
        values.put(name(part), segment);
      } else if (!part.equalsIgnoreCase(segment)) {
        return Optional.empty();
      }
    }
    return at == segments.size() ? Optional.of(values) : Optional.empty();
  }

  /** Smaller is more exact: at the first difference a literal wins over a parameter. */
  String rank() {
    StringBuilder rank = new StringBuilder();
    for (String part : parts) {
      rank.append(isRest(part) ? '3' : isOptional(part) ? '2' : isParameter(part) ? '1' : '0');
    }
    return rank.toString();
  }

  private static boolean isParameter(String part) {
    return part.startsWith("{") && part.endsWith("}");
  }

  private static boolean isRest(String part) {
    return isParameter(part) && part.startsWith("{*");
  }

  private static boolean isOptional(String part) {
    return isParameter(part) && part.endsWith("?}");
  }

  private static String name(String part) {
    String inner = part.substring(1, part.length() - 1).replace("*", "").replace("?", "");
    return Arrays.asList(inner.split(":")).get(0);
  }
}
