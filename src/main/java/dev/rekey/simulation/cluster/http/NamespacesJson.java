package dev.rekey.simulation.cluster.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.rekey.simulation.cluster.SimulatedCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pages of namespaces: whole, metadata only, or as the rows of a table. */
final class NamespacesJson {
  private static final List<String> COLUMNS = List.of("Name", "Status", "Age");

  private final SimulatedCluster cluster;
  private final Representation wanted;

  NamespacesJson(SimulatedCluster cluster, Representation wanted) {
    this.cluster = cluster;
    this.wanted = wanted;
  }

  byte[] page(int limit, @Nullable String token) {
    String after = token == null ? "" : name(token);
    List<String> left = List.copyOf(cluster.namespaces().after(after));
    int count = limit == 0 ? left.size() : Math.min(limit, left.size());
    String next = count == left.size() ? null : token(left.get(count - 1));
    return JsonBody.of(
        json -> {
          head(json);
          ListJson.metadata(json, cluster.oracle().revision(), next, left.size() - count);
          items(json, left.subList(0, count));
        });
  }

  private void head(JsonGenerator json) throws IOException {
    switch (wanted) {
      case TABLE -> TableJson.head(json);
      case WHOLE -> kind(json, "NamespaceList", "v1");
      default -> kind(json, "PartialObjectMetadataList", "meta.k8s.io/v1");
    }
  }

  private void items(JsonGenerator json, List<String> names) throws IOException {
    boolean table = wanted == Representation.TABLE;
    if (table) {
      TableJson.columns(json, COLUMNS);
    }
    json.writeArrayFieldStart(table ? "rows" : "items");
    for (String name : names) {
      json.writeStartObject();
      if (table) {
        row(json, name);
      } else {
        object(json, name);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void row(JsonGenerator json, String name) throws IOException {
    json.writeArrayFieldStart("cells");
    json.writeString(name);
    json.writeString(phase(name));
    json.writeString("1d");
    json.writeEndArray();
    json.writeNullField("object");
  }

  private void object(JsonGenerator json, String name) throws IOException {
    boolean whole = wanted == Representation.WHOLE;
    if (!whole) {
      kind(json, "PartialObjectMetadata", "meta.k8s.io/v1");
    }
    JsonBody.object(
        json,
        "metadata",
        fields -> {
          fields.writeStringField("name", name);
          JsonBody.object(
              fields,
              "labels",
              labels -> labels.writeStringField("kubernetes.io/metadata.name", name));
        });
    if (whole) {
      JsonBody.object(json, "status", fields -> fields.writeStringField("phase", phase(name)));
    }
  }

  private String phase(String name) {
    return cluster.namespaces().isTerminating(name) ? "Terminating" : "Active";
  }

  private static void kind(JsonGenerator json, String kind, String version) throws IOException {
    json.writeStringField("kind", kind);
    json.writeStringField("apiVersion", version);
  }

  private static String token(String lastName) {
    return Base64.getUrlEncoder().encodeToString(lastName.getBytes(StandardCharsets.US_ASCII));
  }

  private static String name(String token) {
    return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII);
  }
}
