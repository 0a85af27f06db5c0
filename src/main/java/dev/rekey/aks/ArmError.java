package dev.rekey.aks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What ARM says about a refusal, as far as it is needed to classify it. Its message lives as long
 * as that takes: nothing prints, logs or keeps it.
 */
final class ArmError {
  private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,79}");

  private final JsonNode error;

  private ArmError(JsonNode error) {
    this.error = error;
  }

  /** Reads a body, whatever it is: ARM wraps an error, AKS itself sends it bare. */
  static ArmError of(byte[] body) {
    JsonNode root = ArmJson.parse(body).<JsonNode>map(object -> object).orElse(ArmJson.MISSING);
    return new ArmError(root.path("error").isObject() ? root.path("error") : root);
  }

  /** The error code, such as {@code ResourceNotFound}; null if there is none of that form. */
  @Nullable String code() {
    return code(error);
  }

  /** The {@code code} of an error; null if there is none that looks like one. */
  static @Nullable String code(JsonNode error) {
    String code = error.path("code").asText("");
    return CODE.matcher(code).matches() ? code : null;
  }

  boolean says(String code) {
    return code.equalsIgnoreCase(code());
  }

  /** The right that its message names. */
  Optional<RefusedRight> refusedRight() {
    return RefusedRight.in(error.path("message").asText(""));
  }

  @Override
  public String toString() {
    return "ArmError";
  }
}
