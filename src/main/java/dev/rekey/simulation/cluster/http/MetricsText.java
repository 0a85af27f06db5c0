package dev.rekey.simulation.cluster.http;

import dev.rekey.simulation.cluster.encryption.KeyCounter;
import dev.rekey.simulation.cluster.encryption.KeyLabels;
import dev.rekey.simulation.cluster.encryption.TransformationLabels;
import dev.rekey.simulation.cluster.replica.SimulatedReplica;
import java.time.Instant;
import java.util.Map;

/**
 * {@code /metrics} of one API server: the families that tell of encryption, in Prometheus' text
 * format.
 */
final class MetricsText {
  static final String CONTENT_TYPE =
      "text/plain; version=0.0.4; charset=utf-8; escaping=underscores";

  private static final String KEY_ID_HASH = "apiserver_envelope_encryption_key_id_hash_";
  private static final String READ = ",transformation_type=\"from_storage\"";
  private static final String WRITTEN = ",transformation_type=\"to_storage\"";

  /** Another resource's plain reads, which say nothing about Secrets. */
  private static final String OTHER_RESOURCE =
      "resource=\"configmaps\",status=\"OK\",transformation_type=\"from_storage\",transformer_prefix=\"identity\"";

  private final StringBuilder text = new StringBuilder(4096);
  private final SimulatedReplica replica;
  private final String server;

  private MetricsText(SimulatedReplica replica) {
    this.replica = replica;
    this.server = "apiserver_id_hash=\"" + replica.lease().idHash() + "\"";
  }

  static String of(SimulatedReplica replica) {
    MetricsText metrics = new MetricsText(replica);
    metrics.configuration();
    metrics.keyTimes();
    metrics.keyStatuses();
    metrics.keyCounts();
    metrics.transformations();
    metrics.processStart();
    return metrics.text.toString();
  }

  private void configuration() {
    String family = "apiserver_encryption_config_controller_last_config_info";
    begin(family, "gauge");
    sample(family, server + ",hash=\"" + replica.configuration().hash() + "\"", "1");
  }

  private void keyTimes() {
    String family = KEY_ID_HASH + "last_timestamp_seconds";
    begin(family, "gauge");
    keys()
        .forEach(
            (labels, counter) -> {
              time(family, of(labels) + READ, counter.lastRead());
              time(family, of(labels) + WRITTEN, counter.lastWrite());
            });
  }

  private void keyStatuses() {
    String family = KEY_ID_HASH + "status_last_timestamp_seconds";
    begin(family, "gauge");
    keys().forEach((labels, counter) -> time(family, of(labels), counter.lastStatus()));
  }

  private void keyCounts() {
    String family = KEY_ID_HASH + "total";
    begin(family, "counter");
    keys()
        .forEach(
            (labels, counter) -> {
              count(family, of(labels) + READ, counter.reads());
              count(family, of(labels) + WRITTEN, counter.writes());
            });
  }

  private void transformations() {
    String family = "apiserver_storage_transformation_operations_total";
    begin(family, "counter");
    sample(family, OTHER_RESOURCE, "7");
    replica
        .metrics()
        .transformations()
        .forEach((labels, operations) -> count(family, of(labels), operations));
  }

  private void processStart() {
    String family = "process_start_time_seconds";
    begin(family, "gauge");
    Instant start = replica.processStart();
    if (start != null) {
      text.append(family).append(' ').append(GoFloat.of(start)).append('\n');
    }
  }

  private Map<KeyLabels, KeyCounter> keys() {
    return replica.metrics().keys();
  }

  private String of(KeyLabels labels) {
    return server
        + ",key_id_hash=\"%s\",provider_name=\"%s\""
            .formatted(labels.keyIdHash(), labels.provider());
  }

  private static String of(TransformationLabels labels) {
    return "resource=\"secrets\",status=\"%s\",transformation_type=\"%s\",transformer_prefix=\"%s\""
        .formatted(labels.status(), labels.type(), labels.prefix());
  }

  private void begin(String family, String type) {
    text.append("# HELP ").append(family).append(" [ALPHA] Simulated.\n");
    text.append("# TYPE ").append(family).append(' ').append(type).append('\n');
  }

  /** A real sample isn't there before what it tells of has happened. */
  private void time(String family, String labels, Instant when) {
    if (!when.equals(KeyCounter.NEVER)) {
      sample(family, labels, GoFloat.of(when));
    }
  }

  private void count(String family, String labels, long count) {
    if (count > 0) {
      sample(family, labels, GoFloat.of(count));
    }
  }

  private void sample(String family, String labels, String value) {
    text.append(family).append('{').append(labels).append("} ").append(value).append('\n');
  }
}
