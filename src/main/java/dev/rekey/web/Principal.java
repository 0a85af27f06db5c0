package dev.rekey.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A caller, as the platform's authentication describes it in the header {@code
 * X-MS-CLIENT-PRINCIPAL}. Nothing of it is logged.
 */
final class Principal {
  static final String HEADER = "x-ms-client-principal";

  /** Far more than claims take up; a header of the platform is below 64 KiB. */
  private static final int MOST_CHARACTERS = 32 * 1024;

  private static final List<String> ROLE_CLAIMS =
      List.of("roles", "http://schemas.microsoft.com/ws/2008/06/identity/claims/role");

  /** From what tells people apart to what only tells applications apart. */
  private static final List<String> NAME_CLAIMS =
      List.of(
          "preferred_username",
          "name",
          "appid",
          "azp",
          "http://schemas.microsoft.com/identity/claims/objectidentifier",
          "oid");

  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._@'+-]{0,99}");

  private final Map<String, List<String>> claims;

  private Principal(Map<String, List<String>> claims) {
    this.claims = claims;
  }

  /** Reads the header; empty if it has another form. */
  static Optional<Principal> read(String header) {
    if (header.length() > MOST_CHARACTERS) {
      return Optional.empty();
    }
    try {
      byte[] text = Base64.getDecoder().decode(header);
      return Json.read(new String(text, StandardCharsets.UTF_8)).flatMap(Principal::of);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static Optional<Principal> of(ObjectNode json) {
    Map<String, List<String>> claims = new HashMap<>();
    for (JsonNode claim : json.path("claims")) {
      JsonNode type = claim.path("typ");
      JsonNode value = claim.path("val");
      if (!type.isTextual() || !value.isTextual()) {
        return Optional.empty();
      }
      claims.computeIfAbsent(type.textValue(), any -> new ArrayList<>()).add(value.textValue());
    }
    return claims.isEmpty() ? Optional.empty() : Optional.of(new Principal(claims));
  }

  /** Whether a claim is there once, with this value and no other. */
  boolean claimIs(String type, String value) {
    return List.of(value).equals(claims.get(type));
  }

  boolean hasRole(String role) {
    return ROLE_CLAIMS.stream()
        .anyMatch(type -> claims.getOrDefault(type, List.of()).contains(role));
  }

  /** Who it is; empty if no claim holds a plain name. */
  Optional<String> name() {
    return NAME_CLAIMS.stream()
        .flatMap(type -> claims.getOrDefault(type, List.of()).stream())
        .filter(value -> NAME.matcher(value).matches())
        .findFirst();
  }
}
