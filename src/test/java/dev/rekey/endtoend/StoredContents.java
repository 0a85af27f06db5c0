package dev.rekey.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.testbed.PlainRequests;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The Secrets of one namespace as they are, beside what a client that wrote them expects. */
final class StoredContents {
  private StoredContents() {}

  /**
   * @param expected the {@code value} of each Secret by its name; null where it is to be gone
   */
  static List<String> differences(
      PlainRequests client, String namespace, Map<String, @Nullable String> expected) {
    Map<String, String> found = new TreeMap<>();
    JsonNode list =
        client.get("/api/v1/namespaces/" + namespace + "/secrets").expectSuccess().json();
    for (JsonNode secret : list.path("items")) {
      byte[] value = Base64.getDecoder().decode(secret.at("/data/value").asText());
      found.put(secret.at("/metadata/name").asText(), new String(value, StandardCharsets.UTF_8));
    }
    TreeSet<String> names = new TreeSet<>(expected.keySet());
    names.addAll(found.keySet());
    List<String> different = new ArrayList<>();
    for (String name : names) {
      if (!Objects.equals(found.get(name), expected.get(name))) {
        different.add(name + ": " + found.get(name) + ", expected " + expected.get(name));
      }
    }
    return different;
  }
}
