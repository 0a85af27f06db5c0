package dev.rekey.storage;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.operation;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.operation.Kind;
import org.junit.jupiter.api.Test;

/** Rows that are guessed instead of refused. */
class RecordsHoleTest {
  private final MemoryTable table = new MemoryTable();
  private final TableRecords records = new TableRecords(table);

  /** Read as "no update was sent", an operation would prove and send from the beginning. */
  @Test
  void operationRowLacksTheMemberThatTellsOfTheUpdate_isRefused() {
    records.start(operation(Kind.ROTATE));
    damage("\"update\":null,", "");

    assertThatThrownBy(() -> records.operation(CLUSTER, operation(Kind.ROTATE).id()))
        .isInstanceOf(UnreadableRow.class);
  }

  @Test
  void operationRowHasNoValue_isRefused() {
    table.insert(CLUSTER.value(), "operation-x", "{\"schema\":\"rekey.dev/operation/v1\"}");

    assertThatThrownBy(() -> records.operation(CLUSTER, "x")).isInstanceOf(UnreadableRow.class);
  }

  @Test
  void rowGoesOnBehindItsEnd_isRefused() {
    records.start(operation(Kind.ROTATE));
    Row row = table.get(CLUSTER.value(), "operation-" + operation(Kind.ROTATE).id()).orElseThrow();
    table.replace(CLUSTER.value(), row.rowKey(), row.text() + row.text(), row.etag());

    assertThatThrownBy(() -> records.operation(CLUSTER, operation(Kind.ROTATE).id()))
        .isInstanceOf(UnreadableRow.class);
  }

  private void damage(String what, String with) {
    Row row = table.get(CLUSTER.value(), "operation-" + operation(Kind.ROTATE).id()).orElseThrow();
    table.replace(CLUSTER.value(), row.rowKey(), row.text().replace(what, with), row.etag());
  }
}
