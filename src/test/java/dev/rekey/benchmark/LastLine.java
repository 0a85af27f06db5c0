package dev.rekey.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;

/** The result of a client that prints it as one line of JSON, among other lines. */
final class LastLine {
  private static final ObjectMapper JSON = new ObjectMapper();

  private LastLine() {}

  static JsonNode json(String said) {
    List<String> objects = said.lines().filter(line -> line.startsWith("{")).toList();
    if (objects.isEmpty()) {
      throw new IllegalStateException("no line of JSON in:\n" + said);
    }
    try {
      return JSON.readTree(objects.get(objects.size() - 1));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the last line isn't JSON:\n" + said, e);
    }
  }

  static Instant instant(JsonNode object, String field) {
    return Instant.parse(object.path(field).asText());
  }
}
