package dev.rekey.testbed.functionshost.worker;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What starts a call.
 *
 * @param value a text, or a {@link ReceivedRequest}
 * @param bindingData what {@code @BindingName} can ask for; case doesn't matter
 */
public record TriggerInput(Object value, Map<String, Object> bindingData) {

  public TriggerInput {
    Map<String, Object> ignoringCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    ignoringCase.putAll(bindingData);
    bindingData = ignoringCase;
  }

  /** A text, or a number that is a {@code Long}; empty where the host sent none. */
  Optional<Object> bound(String name) {
    return Optional.ofNullable(bindingData.get(name));
  }
}
