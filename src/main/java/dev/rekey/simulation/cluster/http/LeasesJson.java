package dev.rekey.simulation.cluster.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.rekey.simulation.cluster.SimulatedCluster;
import dev.rekey.simulation.cluster.replica.IdentityLease;
import dev.rekey.simulation.cluster.replica.SimulatedReplica;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The identity leases of the API servers. */
final class LeasesJson {
  /** Always six digits, as Kubernetes' MicroTime. */
  private static final DateTimeFormatter MICRO_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private LeasesJson() {}

  static byte[] of(SimulatedCluster cluster) {
    Instant now = cluster.time().instant();
    return JsonBody.of(
        json -> {
          json.writeStringField("kind", "LeaseList");
          json.writeStringField("apiVersion", "coordination.k8s.io/v1");
          ListJson.metadata(json, cluster.oracle().revision(), null, 0);
          json.writeArrayFieldStart("items");
          for (SimulatedReplica replica : cluster.replicas()) {
            if (replica.lease().existsAt(now)) {
              lease(json, replica, now);
            }
          }
          json.writeEndArray();
        });
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
}
