package dev.rekey.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Bodies of answers, read. */
final class Documents {
  private static final JsonMapper JSON = new JsonMapper();

  private Documents() {}

  static JsonNode of(WebResponse response) {
    try {
      return JSON.readTree(response.body());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  static String reason(WebResponse response) {
    return of(response).path("reason").asText();
  }

  /** The members that the problems name. */
  static List<String> members(WebResponse response) {
    List<String> members = new ArrayList<>();
    of(response).path("problems").forEach(one -> members.add(one.path("member").asText()));
    return members;
  }
}
