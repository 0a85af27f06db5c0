package dev.rekey.kubernetes;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The token with which a list goes on: {@code {"v":"meta.k8s.io/v1","rv":7,"start":"name\0"}} in
 * base64url without padding. API servers have given and taken this form since lists have pages; one
 * that should no longer take it answers 400, and nothing is left out.
 */
final class ContinueToken {
  private static final String START = "start";

  /** With the smallest key behind a Secret's own, a list begins with whatever comes next. */
  private static final String NEXT_KEY = "\0";

  /** The state that the list is to show: any below zero is the newest. */
  private static final int NEWEST = -1;

  private static final JsonMapper JSON = new JsonMapper();

  private ContinueToken() {}

  /**
   * A token that goes on behind a Secret of the same namespace: the one given with another place,
   * so that the list goes on in the state that it showed. Without one, or with one in another form,
   * it goes on in the newest state, as with the token that comes with a 410.
   *
   * @param given the token of the page that failed; null for the first page
   */
  static String behind(String name, @Nullable String given) {
    ObjectNode token = given == null ? newest() : read(given);
    token.put(START, name + NEXT_KEY);
    byte[] text = token.toString().getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
  }

  private static ObjectNode read(String given) {
    try {
      JsonNode token = JSON.readTree(Base64.getUrlDecoder().decode(given));
      boolean known = token instanceof ObjectNode && token.path(START).isTextual();
      return known ? (ObjectNode) token : newest();
    } catch (JacksonException | IllegalArgumentException anotherForm) {
      return newest();
    } catch (IOException impossible) {
      throw new IllegalStateException("bytes in memory can be read", impossible);
    }
  }

  private static ObjectNode newest() {
    return JSON.createObjectNode().put("v", "meta.k8s.io/v1").put("rv", NEWEST);
  }
}
