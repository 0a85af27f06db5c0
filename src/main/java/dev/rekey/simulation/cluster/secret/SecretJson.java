package dev.rekey.simulation.cluster.secret;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A Secret's content in JSON; a real API server would use protobuf here. */
final class SecretJson {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

  private SecretJson() {}

  static byte[] write(SecretContent content) {
    ByteArrayOutputStream target = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = FACTORY.createGenerator(target)) {
      json.writeStartObject();
      json.writeStringField("type", content.type());
      write(json, "labels", content.labels());
      write(json, "annotations", content.annotations());
      json.writeArrayFieldStart("finalizers");
      for (String finalizer : content.finalizers()) {
        json.writeString(finalizer);
      }
      json.writeEndArray();
      json.writeBooleanField("immutable", content.immutable());
      if (content.deletedAt() != null) {
        json.writeStringField("deletedAt", content.deletedAt().toString());
      }
      write(json, "data", content.data());
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return target.toByteArray();
  }

  static SecretContent read(byte[] bytes) {
    try {
      JsonNode tree = MAPPER.readTree(bytes);
      List<String> finalizers = new ArrayList<>();
      tree.path("finalizers").forEach(each -> finalizers.add(each.textValue()));
      JsonNode deleted = tree.get("deletedAt");
      return new SecretContent(
          tree.path("type").textValue(),
          texts(tree.path("labels")),
          texts(tree.path("annotations")),
          finalizers,
          tree.path("immutable").booleanValue(),
          deleted == null ? null : Instant.parse(deleted.textValue()),
          texts(tree.path("data")));
    } catch (IOException notOurs) {
      throw new UncheckedIOException(notOurs);
    }
  }

  private static void write(JsonGenerator json, String field, Map<String, String> texts)
      throws IOException {
    json.writeObjectFieldStart(field);
    for (Map.Entry<String, String> each : texts.entrySet()) {
      json.writeStringField(each.getKey(), each.getValue());
    }
    json.writeEndObject();
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new TreeMap<>();
    object.properties().forEach(each -> texts.put(each.getKey(), each.getValue().textValue()));
    return texts;
  }
}
