package dev.rekey.testbed.functionshost;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One entry of {@code bindings} in a function.json.
 *
 * @param type such as {@code queueTrigger}, {@code http}
 * @param output whether the function writes to it
 * @param name of the parameter; {@code $return} for the returned value
 * @param properties the entry whole
 */
public record Binding(String type, boolean output, String name, JsonNode properties) {

  static Binding of(JsonNode entry) {
    return new Binding(
        entry.path("type").asText(),
        entry.path("direction").asText().toLowerCase(Locale.ROOT).equals("out"),
        entry.path("name").asText(),
        entry);
  }

  public boolean isTrigger() {
    return type.endsWith("Trigger");
  }

  public boolean isOf(String otherType) {
    return type.equalsIgnoreCase(otherType);
  }

  /** Empty where it isn't there. */
  public String text(String property) {
    return properties.path(property).asText();
  }

  public List<String> texts(String property) {
    List<String> texts = new ArrayList<>();
    properties.path(property).forEach(each -> texts.add(each.asText()));
    return texts;
  }
}
