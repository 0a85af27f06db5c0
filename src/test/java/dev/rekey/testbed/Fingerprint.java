package dev.rekey.testbed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** A hash of everything in an object that a rewrite may not change. */
final class Fingerprint {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private Fingerprint() {}

  /** All but the resourceVersion, which moves with a rewrite, and managedFields. */
  static String of(JsonNode object) {
    ObjectNode kept = object.deepCopy();
    kept.withObject("/metadata").remove("resourceVersion");
    kept.withObject("/metadata").remove("managedFields");
    // Items of a list carry neither, while a single object does.
    kept.remove("kind");
    kept.remove("apiVersion");
    try {
      return Hash.sha256(JSON.writeValueAsBytes(JSON.treeToValue(kept, Map.class)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always JSON", e);
    }
  }
}
