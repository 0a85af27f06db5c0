package dev.rekey.simulation.cluster.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.rekey.simulation.cluster.replica.ReadableSecret;
import dev.rekey.simulation.cluster.replica.SecretPage;
import dev.rekey.simulation.cluster.secret.SecretContent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Tables as {@code kubectl get} asks for them: a row of columns per object. With no object beside
 * the columns this is the one list of Secrets that brings no annotation along.
 */
final class TableJson {
  private static final List<String> SECRET_COLUMNS = List.of("Name", "Type", "Data", "Age");

  private TableJson() {}

  static byte[] secrets(SecretPage page, IncludeObject include, Instant now) {
    return JsonBody.of(
        json -> {
          head(json);
          ListJson.metadata(json, page.revision(), page.next(), page.remaining());
          columns(json, SECRET_COLUMNS);
          json.writeArrayFieldStart("rows");
          for (ReadableSecret item : page.items()) {
            row(json, item, include, now);
          }
          json.writeEndArray();
        });
  }

  static void head(JsonGenerator json) throws IOException {
    json.writeStringField("kind", "Table");
    json.writeStringField("apiVersion", "meta.k8s.io/v1");
  }

  static void columns(JsonGenerator json, List<String> names) throws IOException {
    json.writeArrayFieldStart("columnDefinitions");
    for (String name : names) {
      json.writeStartObject();
      json.writeStringField("name", name);
      json.writeStringField("type", "string");
      json.writeStringField("format", name.equals("Name") ? "name" : "");
      json.writeStringField("description", "Simulated.");
      json.writeNumberField("priority", 0);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void row(
      JsonGenerator json, ReadableSecret secret, IncludeObject include, Instant now)
      throws IOException {
    SecretContent content = SecretContent.fromBytes(secret.content());
    json.writeStartObject();
    json.writeArrayFieldStart("cells");
    json.writeString(secret.stored().key().name());
    json.writeString(content.type());
    json.writeNumber(content.data().size());
    json.writeString(Duration.between(secret.stored().created(), now).toSeconds() + "s");
    json.writeEndArray();
    if (include == IncludeObject.NOTHING) {
      json.writeNullField("object");
    } else {
      boolean whole = include == IncludeObject.WHOLE;
      JsonBody.object(json, "object", fields -> SecretsJson.write(fields, secret, whole));
    }
    json.writeEndObject();
  }
}
