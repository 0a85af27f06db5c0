package dev.rekey.storage;

import dev.rekey.fleet.OpenAlerts;
import dev.rekey.operation.ClusterName;
import dev.rekey.service.port.Stored;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The open alerts of a cluster: one row in its partition. */
final class AlertRows {
  private static final String ALERTS = "rekey.dev/alerts/v1";
  private static final String ROW = "alerts";

  private final Table table;
  private final RecordCodec codec;

  AlertRows(Table table, RecordCodec codec) {
    this.table = table;
    this.codec = codec;
  }

  Optional<Stored<OpenAlerts>> get(ClusterName cluster) {
    return table
        .get(cluster.value(), ROW)
        .map(row -> new Stored<>(codec.read(ALERTS, row.text(), OpenAlerts.class), row.etag()));
  }

  /**
   * @param before those that they replace; null if there were none
   */
  void put(ClusterName cluster, OpenAlerts open, @Nullable Stored<OpenAlerts> before) {
    String text = codec.write(ALERTS, open);
    if (before == null) {
      table.insert(cluster.value(), ROW, text);
    } else {
      table.replace(cluster.value(), ROW, text, before.etag());
    }
  }
}
