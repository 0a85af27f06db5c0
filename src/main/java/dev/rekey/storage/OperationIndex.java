package dev.rekey.storage;

import dev.rekey.operation.ClusterName;
import dev.rekey.service.port.Conflict;
import java.util.List;
import java.util.Optional;

/**
 * Which cluster's partition holds an operation, and which operations are active. It lies in a
 * partition of its own and so changes in no transaction with them: a hint, which a read of the
 * operation makes good. An entry is there before its operation, and an active one after its end.
 */
final class OperationIndex {
  /** No cluster's name begins with an underscore. */
  private static final String PARTITION = "_operations";

  private static final String ACTIVE = "active-";
  private static final String EVERY = "every-";

  private final Table table;

  /** An operation and where it is. */
  record Entry(String operationId, Row row) {
    ClusterName cluster() {
      return OperationIndex.cluster(row);
    }
  }

  OperationIndex(Table table) {
    this.table = table;
  }

  void begun(String operationId, ClusterName cluster) {
    table.transact(
        PARTITION,
        List.of(
            new Write.Put(EVERY + operationId, cluster.value()),
            new Write.Put(ACTIVE + operationId, cluster.value())));
  }

  /** It is no longer active. */
  void ended(String operationId) {
    table.get(PARTITION, ACTIVE + operationId).ifPresent(this::forget);
  }

  private void forget(Row row) {
    try {
      table.delete(PARTITION, row.rowKey(), row.etag());
    } catch (Conflict forgottenByAnother) {
      // It is gone, which is all that was wanted.
    }
  }

  Optional<ClusterName> clusterOf(String operationId) {
    return table.get(PARTITION, EVERY + operationId).map(OperationIndex::cluster);
  }

  private static ClusterName cluster(Row row) {
    try {
      return new ClusterName(row.text());
    } catch (IllegalArgumentException anotherForm) {
      throw new UnreadableRow("a cluster's name", "another text");
    }
  }

  /** The active ones, and perhaps some that have ended or never began; oldest first. */
  List<Entry> active() {
    return table.listByPrefix(PARTITION, ACTIVE).stream()
        .map(row -> new Entry(row.rowKey().substring(ACTIVE.length()), row))
        .toList();
  }
}
