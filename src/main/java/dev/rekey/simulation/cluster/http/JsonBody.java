package dev.rekey.simulation.cluster.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** JSON written into memory, in the order in which it is told. */
final class JsonBody {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonBody() {}

  /** One object's fields. */
  @FunctionalInterface
  interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  static byte[] of(Fields fields) {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(target)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException("memory takes whatever is written", impossible);
    }
    return target.toByteArray();
  }

  static void object(JsonGenerator json, String name, Fields fields) throws IOException {
    json.writeObjectFieldStart(name);
    fields.write(json);
    json.writeEndObject();
  }

  /** Leaves an empty one out, as Kubernetes does. */
  static void texts(JsonGenerator json, String name, Map<String, String> texts) throws IOException {
    if (!texts.isEmpty()) {
      object(
          json,
          name,
          fields -> {
            for (Map.Entry<String, String> each : texts.entrySet()) {
              fields.writeStringField(each.getKey(), each.getValue());
            }
          });
    }
  }
}
