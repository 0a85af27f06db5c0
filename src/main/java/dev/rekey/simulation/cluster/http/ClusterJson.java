package dev.rekey.simulation.cluster.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.rekey.simulation.cluster.SimulatedCluster;
import dev.rekey.simulation.cluster.replica.IdentityLease;
import dev.rekey.simulation.cluster.replica.SimulatedReplica;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists of what isn't a Secret: namespaces, and the identity leases of the API servers. */
final class ClusterJson {
  /** Always six digits, as Kubernetes' MicroTime. */
  private static final DateTimeFormatter MICRO_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final SimulatedCluster cluster;

  ClusterJson(SimulatedCluster cluster) {
    this.cluster = cluster;
  }

  byte[] namespaces(int limit, @Nullable String token, boolean whole) {
    List<String> left = List.copyOf(cluster.namespaces().after(token == null ? "" : name(token)));
    int count = limit == 0 ? left.size() : Math.min(limit, left.size());
    String next = count == left.size() ? null : token(left.get(count - 1));
    return JsonBody.of(
        json -> {
          json.writeStringField("kind", whole ? "NamespaceList" : "PartialObjectMetadataList");
          json.writeStringField("apiVersion", whole ? "v1" : "meta.k8s.io/v1");
          ListJson.metadata(json, cluster.oracle().writes() + 1, next, left.size() - count);
          json.writeArrayFieldStart("items");
          for (String name : left.subList(0, count)) {
            namespace(json, name, whole);
          }
          json.writeEndArray();
        });
  }

  byte[] leases() {
    Instant now = cluster.time().instant();
    return JsonBody.of(
        json -> {
          json.writeStringField("kind", "LeaseList");
          json.writeStringField("apiVersion", "coordination.k8s.io/v1");
          ListJson.metadata(json, cluster.oracle().writes() + 1, null, 0);
          json.writeArrayFieldStart("items");
          for (SimulatedReplica replica : cluster.replicas()) {
            if (replica.lease().existsAt(now)) {
              lease(json, replica, now);
            }
          }
          json.writeEndArray();
        });
  }

  private void namespace(JsonGenerator json, String name, boolean whole) throws IOException {
    json.writeStartObject();
    if (!whole) {
      json.writeStringField("kind", "PartialObjectMetadata");
      json.writeStringField("apiVersion", "meta.k8s.io/v1");
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
      String phase = cluster.namespaces().isTerminating(name) ? "Terminating" : "Active";
      JsonBody.object(json, "status", fields -> fields.writeStringField("phase", phase));
    }
    json.writeEndObject();
  }

  private static void lease(JsonGenerator json, SimulatedReplica replica, Instant now)
      throws IOException {
    IdentityLease lease = replica.lease();
    json.writeStartObject();
    JsonBody.object(
        json,
        "metadata",
        fields -> {
          fields.writeStringField("name", lease.name());
          fields.writeStringField("namespace", "kube-system");
          JsonBody.object(fields, "labels", labels -> labels(labels, replica.name()));
        });
    JsonBody.object(
        json,
        "spec",
        fields -> {
          fields.writeStringField("holderIdentity", lease.name() + "_1");
          fields.writeNumberField("leaseDurationSeconds", 3600);
          fields.writeStringField("renewTime", MICRO_TIME.format(lease.renewedAt(now)));
        });
    json.writeEndObject();
  }

  private static void labels(JsonGenerator json, String host) throws IOException {
    json.writeStringField("apiserver.kubernetes.io/identity", "kube-apiserver");
    json.writeStringField("kubernetes.io/hostname", host);
  }

  private static String token(String lastName) {
    return Base64.getUrlEncoder().encodeToString(lastName.getBytes(StandardCharsets.US_ASCII));
  }

  private static String name(String token) {
    return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII);
  }
}
