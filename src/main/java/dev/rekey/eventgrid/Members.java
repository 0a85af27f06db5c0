package dev.rekey.eventgrid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The members of a JSON object, found whatever the case of their names and the spaces around them:
 * Key Vault's documentation spells {@code "ObjectName "} with a space, and {@code id} both ways.
 */
record Members(JsonNode json) {

  /** The member, or a missing node if there is none or if the JSON is no object. */
  JsonNode member(String name) {
    List<JsonNode> found = all(name);
    return found.isEmpty() ? MissingNode.getInstance() : found.get(0);
  }

  /** Whether several members of the name say different things. */
  boolean isAmbiguous(String name) {
    return all(name).stream().distinct().count() > 1;
  }

  /**
   * The member's text without spaces around it; empty if it is missing, no text, or nothing but
   * spaces.
   */
  Optional<String> text(String name) {
    JsonNode member = member(name);
    return member.isTextual()
        ? Optional.of(member.textValue().strip()).filter(text -> !text.isEmpty())
        : Optional.empty();
  }

  private List<JsonNode> all(String name) {
    return json.properties().stream()
        .filter(member -> member.getKey().strip().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .toList();
  }
}
