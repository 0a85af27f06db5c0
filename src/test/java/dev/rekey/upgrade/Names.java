package dev.rekey.upgrade;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The shape of what is stored: each schema with the names of all its members. */
final class Names {
  private static final JsonMapper JSON = new JsonMapper();

  private Names() {}

  /**
   * Of many texts together: a list that is empty in one of them is filled in another. Bare texts,
   * as in the lock, have no shape.
   */
  static Map<String, Set<String>> in(Stream<String> texts) {
    Map<String, Set<String>> names = new TreeMap<>();
    texts
        .filter(text -> text.startsWith("{"))
        .map(Names::parsed)
        .forEach(
            record ->
                add(
                    "",
                    record,
                    names.computeIfAbsent(record.path("schema").asText(), any -> new TreeSet<>())));
    return names;
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException broken) {
      throw new IllegalArgumentException("a fixture holds no JSON", broken);
    }
  }

  private static void add(String path, JsonNode node, Set<String> names) {
    node.properties()
        .forEach(
            member -> {
              names.add(path + "/" + member.getKey());
              add(path + "/" + member.getKey(), member.getValue(), names);
            });
    if (node.isArray()) {
      node.forEach(element -> add(path, element, names));
    }
  }
}
