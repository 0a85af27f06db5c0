package dev.rekey.testbed.functionshost;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a function.json says.
 *
 * @param scriptFile the jar, relative to the function's folder
 * @param entryPoint {@code package.Class.method}
 * @param bindings in the order of the file
 */
public record PackagedFunction(
    String name, String scriptFile, String entryPoint, List<Binding> bindings) {

  static PackagedFunction of(String name, JsonNode json) {
    List<Binding> bindings = new ArrayList<>();
    json.path("bindings").forEach(entry -> bindings.add(Binding.of(entry)));
    PackagedFunction function =
        new PackagedFunction(
            name, json.path("scriptFile").asText(), json.path("entryPoint").asText(), bindings);
    if (function.bindings.stream().filter(Binding::isTrigger).count() != 1) {
      throw new IllegalArgumentException("a function has exactly one trigger: " + name);
    }
    if (function.entryPoint.lastIndexOf('.') < 1) {
      throw new IllegalArgumentException("no entry point package.Class.method: " + name);
    }
    return function;
  }

  public Binding trigger() {
    return bindings.stream().filter(Binding::isTrigger).findFirst().orElseThrow();
  }

  public List<Binding> outputs() {
    return bindings.stream().filter(Binding::output).toList();
  }

  public String className() {
    return entryPoint.substring(0, entryPoint.lastIndexOf('.'));
  }

  public String methodName() {
    return entryPoint.substring(entryPoint.lastIndexOf('.') + 1);
  }

  /** Empty unless a queue starts it. */
  public String queue() {
    return trigger().isOf("queueTrigger") ? trigger().text("queueName") : "";
  }

  /** As written, without the prefix; a function without one is reached by its name. */
  public String route() {
    if (!trigger().isOf("httpTrigger")) {
      return "";
    }
    return trigger().properties().has("route") ? trigger().text("route") : name;
  }

  /** Upper case; empty where every method is taken. */
  public List<String> methods() {
    return trigger().texts("methods").stream()
        .map(method -> method.toUpperCase(Locale.ROOT))
        .toList();
  }

  /** Who may call it over HTTP: upper case, FUNCTION where nothing is said. */
  public String authLevel() {
    String level = trigger().text("authLevel").toUpperCase(Locale.ROOT);
    return level.isEmpty() ? "FUNCTION" : level;
  }
}
