package dev.rekey.simulation.cluster.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.rekey.simulation.cluster.etcd.StoredSecret;
import dev.rekey.simulation.cluster.replica.ReadableSecret;
import dev.rekey.simulation.cluster.replica.SecretPage;
import dev.rekey.simulation.cluster.secret.SecretContent;
import java.io.IOException;
import java.time.temporal.ChronoUnit;

/**
 * Secrets and lists of them, whole or metadata only. Metadata include annotations, which can hold
 * the whole Secret again.
 */
final class SecretsJson {
  private SecretsJson() {}

  static byte[] one(ReadableSecret secret, boolean whole) {
    return JsonBody.of(json -> write(json, secret, whole));
  }

  static void write(JsonGenerator json, ReadableSecret secret, boolean whole) throws IOException {
    head(json, whole ? "Secret" : "PartialObjectMetadata", whole);
    object(json, secret, whole);
  }

  static byte[] list(SecretPage page, boolean whole) {
    return JsonBody.of(
        json -> {
          head(json, whole ? "SecretList" : "PartialObjectMetadataList", whole);
          ListJson.metadata(json, page.revision(), page.next(), page.remaining());
          if (page.items().isEmpty() && !whole) {
            json.writeNullField("items"); // A real server answers so: null, not an empty array.
            return;
          }
          json.writeArrayFieldStart("items");
          for (ReadableSecret item : page.items()) {
            json.writeStartObject();
            if (!whole) {
              head(json, "PartialObjectMetadata", false);
            }
            object(json, item, whole);
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private static void head(JsonGenerator json, String kind, boolean whole) throws IOException {
    json.writeStringField("kind", kind);
    json.writeStringField("apiVersion", whole ? "v1" : "meta.k8s.io/v1");
  }

  private static void object(JsonGenerator json, ReadableSecret secret, boolean whole)
      throws IOException {
    SecretContent content = SecretContent.fromBytes(secret.content());
    JsonBody.object(json, "metadata", fields -> metadata(fields, secret.stored(), content));
    if (whole) {
      if (content.immutable()) {
        json.writeBooleanField("immutable", true);
      }
      JsonBody.texts(json, "data", content.data());
      json.writeStringField("type", content.type());
    }
  }

  private static void metadata(JsonGenerator json, StoredSecret stored, SecretContent content)
      throws IOException {
    json.writeStringField("name", stored.key().name());
    json.writeStringField("namespace", stored.key().namespace());
    json.writeStringField("uid", stored.uid());
    json.writeStringField("resourceVersion", Long.toString(stored.revision()));
    String created = stored.created().truncatedTo(ChronoUnit.SECONDS).toString();
    json.writeStringField("creationTimestamp", created);
    if (content.deletedAt() != null) {
      json.writeStringField("deletionTimestamp", content.deletedAt().toString());
      json.writeNumberField("deletionGracePeriodSeconds", 0);
    }
    JsonBody.texts(json, "labels", content.labels());
    JsonBody.texts(json, "annotations", content.annotations());
    if (!content.finalizers().isEmpty()) {
      json.writeArrayFieldStart("finalizers");
      for (String finalizer : content.finalizers()) {
        json.writeString(finalizer);
      }
      json.writeEndArray();
    }
    managedFields(json, content, created);
  }

  private static void managedFields(JsonGenerator json, SecretContent content, String created)
      throws IOException {
    json.writeArrayFieldStart("managedFields");
    json.writeStartObject();
    json.writeStringField("manager", "kubectl-client-side-apply");
    json.writeStringField("operation", "Update");
    json.writeStringField("apiVersion", "v1");
    json.writeStringField("time", created);
    json.writeStringField("fieldsType", "FieldsV1");
    JsonBody.object(
        json,
        "fieldsV1",
        fields -> JsonBody.object(fields, "f:data", data -> names(data, content)));
    json.writeEndObject();
    json.writeEndArray();
  }

  private static void names(JsonGenerator json, SecretContent content) throws IOException {
    for (String name : content.data().keySet()) {
      JsonBody.object(json, "f:" + name, nothing -> {});
    }
  }
}
