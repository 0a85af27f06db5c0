package dev.rekey.testbed.functionshost;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * JSON as it comes out of the real host: parsed and printed again, so that a function never sees
 * the bytes that were sent. White space differs, and fractions of what looks like a time in UTC
 * lose digits past the seventh and zeros at their end.
 */
public final class JsonText {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  private static final Pattern TIME =
      Pattern.compile("(\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2})\\.(\\d{1,7})\\d*Z");

  private JsonText() {}

  /** Empty where it isn't JSON. */
  public static Optional<JsonNode> parsed(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(node);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** Parsed where it is an object or an array, as the host decides by its ends; else empty. */
  public static Optional<JsonNode> container(String text) {
    String trimmed = text.strip();
    boolean object = trimmed.startsWith("{") && trimmed.endsWith("}");
    boolean array = trimmed.startsWith("[") && trimmed.endsWith("]");
    return object || array ? parsed(trimmed) : Optional.empty();
  }

  /** A text node as its text, anything else indented. */
  public static String reprinted(JsonNode node) {
    JsonNode retimed = retimed(node);
    return retimed.isTextual() ? retimed.asText() : retimed.toPrettyString();
  }

  private static JsonNode retimed(JsonNode node) {
    if (node.isObject()) {
      ObjectNode copy = JSON.createObjectNode();
      node.properties()
          .forEach(property -> copy.set(property.getKey(), retimed(property.getValue())));
      return copy;
    }
    if (node.isArray()) {
      ArrayNode copy = JSON.createArrayNode();
      node.forEach(element -> copy.add(retimed(element)));
      return copy;
    }
    return node.isTextual() ? TextNode.valueOf(retimed(node.asText())) : node;
  }

  private static String retimed(String text) {
    Matcher time = TIME.matcher(text);
    if (!time.matches()) {
      return text;
    }
    String fraction = time.group(2).replaceAll("0+$", "");
    return time.group(1) + (fraction.isEmpty() ? "" : "." + fraction) + "Z";
  }

  /** The elements of an array; anything else alone. */
  public static List<JsonNode> elements(JsonNode node) {
    List<JsonNode> elements = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(elements::add);
    } else {
      elements.add(node);
    }
    return elements;
  }
}
