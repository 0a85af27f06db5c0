package dev.rekey.storage;

import dev.rekey.key.Ledger;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Operation;
import dev.rekey.service.port.Conflict;
import dev.rekey.service.port.Records.StoredEvidence;
import dev.rekey.service.port.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A cluster's operations, the lock of the active one, ledger and evidence: all in the cluster's
 * partition, so that they change in one transaction.
 */
final class OperationRows {
  private static final String OPERATION = "rekey.dev/operation/v2";
  private static final String LEDGER = "rekey.dev/ledger/v2";
  private static final String LOCK_ROW = "lock";
  private static final String LEDGER_ROW = "ledger";
  private static final String EVIDENCE_HEAD_ROW = "head-evidence";

  private final Table table;
  private final RecordCodec codec;
  private final OperationIndex index;

  OperationRows(Table table, RecordCodec codec) {
    this.table = table;
    this.codec = codec;
    this.index = new OperationIndex(table);
  }

  Optional<Stored<Operation>> operation(ClusterName cluster, String operationId) {
    return table.get(cluster.value(), operationRow(operationId)).map(this::operation);
  }

  private Stored<Operation> operation(Row row) {
    return new Stored<>(codec.read(OPERATION, row.text(), Operation.class), row.etag());
  }

  Optional<Stored<Operation>> active(ClusterName cluster) {
    return table.get(cluster.value(), LOCK_ROW).flatMap(lock -> operation(cluster, lock.text()));
  }

  Optional<ClusterName> clusterOf(String operationId) {
    return index.clusterOf(operationId);
  }

  void eachActive(Consumer<Operation> look) {
    UnreadableRow first = null;
    for (OperationIndex.Entry entry : index.active()) {
      try {
        operation(entry.cluster(), entry.operationId())
            .map(Stored::value)
            .ifPresent(operation -> lookIfActive(operation, look));
      } catch (UnreadableRow ofAnotherRelease) {
        first = first == null ? ofAnotherRelease : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private void lookIfActive(Operation operation, Consumer<Operation> look) {
    if (operation.isActive()) {
      look.accept(operation);
    } else {
      index.ended(operation.id());
    }
  }

  List<Operation> operations(ClusterName cluster) {
    return table.listByPrefix(cluster.value(), operationRow("")).stream()
        .map(row -> operation(row).value())
        .toList();
  }

  Optional<String> lastOperationId(ClusterName cluster) {
    return ids(cluster, operationRow("")).reduce((earlier, later) -> later);
  }

  private Stream<String> ids(ClusterName cluster, String prefix) {
    return table.keysByPrefix(cluster.value(), prefix).stream()
        .map(key -> key.substring(prefix.length()));
  }

  /** Into the index first: what is started can be found by its id whatever happens in between. */
  Stored<Operation> start(Operation operation) {
    index.begun(operation.id(), operation.cluster());
    try {
      return insert(operation);
    } catch (Conflict declined) {
      index.ended(operation.id());
      throw declined;
    }
  }

  private Stored<Operation> insert(Operation operation) {
    List<Row> stored =
        table.transact(
            operation.cluster().value(),
            List.of(
                new Write.Insert(operationRow(operation.id()), text(operation)),
                new Write.Insert(LOCK_ROW, operation.id())));
    return new Stored<>(operation, stored.get(0).etag());
  }

  /** The lock is replaced, never given up: no third one can come in between. */
  Stored<Operation> takeOver(Stored<Operation> ended, Operation next) {
    index.begun(next.id(), next.cluster());
    try {
      Stored<Operation> stored = replace(ended, next);
      index.ended(ended.value().id());
      return stored;
    } catch (Conflict declined) {
      index.ended(next.id());
      throw declined;
    }
  }

  private Stored<Operation> replace(Stored<Operation> ended, Operation next) {
    String partition = next.cluster().value();
    Row lock =
        table
            .get(partition, LOCK_ROW)
            .filter(row -> row.text().equals(ended.value().id()))
            .orElseThrow(() -> new Conflict("another operation holds the lock"));
    List<Row> rows =
        table.transact(
            partition,
            List.of(
                new Write.Insert(operationRow(next.id()), text(next)),
                replace(ended),
                new Write.Replace(LOCK_ROW, next.id(), lock.etag())));
    return new Stored<>(next, rows.get(0).etag());
  }

  Stored<Operation> save(Stored<Operation> changed) {
    Row row =
        table.replace(
            changed.value().cluster().value(),
            operationRow(changed.value().id()),
            text(changed.value()),
            changed.etag());
    return new Stored<>(changed.value(), row.etag());
  }

  Stored<Operation> save(Stored<Operation> changed, Stored<Ledger> ledger) {
    List<Row> rows =
        table.transact(
            changed.value().cluster().value(), List.of(replace(changed), replace(ledger)));
    return new Stored<>(changed.value(), rows.get(0).etag());
  }

  void end(Stored<Operation> ended) {
    end(ended, new ArrayList<>());
  }

  void end(Stored<Operation> ended, Stored<Ledger> ledger, Evidence evidence) {
    String bytes = codec.writeBare(evidence);
    List<Write> writes = new ArrayList<>();
    writes.add(replace(ledger));
    writes.add(new Write.Insert(evidenceRow(ended.value().id()), bytes));
    writes.add(new Write.Put(EVIDENCE_HEAD_ROW, Sha256.of(bytes)));
    end(ended, writes);
  }

  /** Only the operation that holds the lock gives it up. */
  private void end(Stored<Operation> ended, List<Write> writes) {
    String partition = ended.value().cluster().value();
    writes.add(replace(ended));
    table
        .get(partition, LOCK_ROW)
        .filter(lock -> lock.text().equals(ended.value().id()))
        .ifPresent(lock -> writes.add(new Write.Delete(LOCK_ROW, lock.etag())));
    table.transact(partition, writes);
    index.ended(ended.value().id());
  }

  private Write replace(Stored<?> stored) {
    if (stored.value() instanceof Operation operation) {
      return new Write.Replace(operationRow(operation.id()), text(operation), stored.etag());
    }
    return new Write.Replace(LEDGER_ROW, codec.write(LEDGER, stored.value()), stored.etag());
  }

  Optional<Stored<Ledger>> ledger(ClusterName cluster) {
    return table
        .get(cluster.value(), LEDGER_ROW)
        .map(row -> new Stored<>(codec.read(LEDGER, row.text(), Ledger.class), row.etag()));
  }

  Stored<Ledger> begin(ClusterName cluster, Ledger ledger) {
    Row row = table.insert(cluster.value(), LEDGER_ROW, codec.write(LEDGER, ledger));
    return new Stored<>(ledger, row.etag());
  }

  Stored<Ledger> save(ClusterName cluster, Stored<Ledger> changed) {
    List<Row> rows = table.transact(cluster.value(), List.of(replace(changed)));
    return new Stored<>(changed.value(), rows.get(0).etag());
  }

  Optional<String> lastEvidenceHash(ClusterName cluster) {
    return table.get(cluster.value(), EVIDENCE_HEAD_ROW).map(Row::text).map(Sha256::checked);
  }

  List<String> evidenceIds(ClusterName cluster) {
    return ids(cluster, evidenceRow("")).toList();
  }

  Optional<StoredEvidence> evidence(ClusterName cluster, String operationId) {
    return table
        .get(cluster.value(), evidenceRow(operationId))
        .map(Row::text)
        .map(
            bytes ->
                new StoredEvidence(codec.readBare(Evidence.SCHEMA, bytes, Evidence.class), bytes));
  }

  private String text(Operation operation) {
    return codec.write(OPERATION, operation);
  }

  private static String operationRow(String id) {
    return "operation-" + id;
  }

  private static String evidenceRow(String id) {
    return "evidence-" + id;
  }
}
