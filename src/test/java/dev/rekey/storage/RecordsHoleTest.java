package dev.rekey.storage;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.operation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    table.insert(CLUSTER.value(), "operation-x", "{\"schema\":\"rekey.dev/operation/v2\"}");

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

  /** Null where the record needs something, or another type that Jackson would make fit. */
  @ParameterizedTest
  @CsvSource({
    "'\"turn\":1', '\"turn\":\"1\"'",
    "'\"turn\":1', '\"turn\":1.5'",
    "'\"turn\":1', '\"turn\":true'",
    "'\"turn\":1', '\"turn\":1,\"turn\":2'",
    "'\"kind\":\"ROTATE\"', '\"kind\":0'",
    "'\"kind\":\"ROTATE\"', '\"kind\":null'",
    "'\"kind\":\"ROTATE\"', '\"kind\":\"\"'",
    "'\"passes\":[]', '\"passes\":null'",
    "'\"passes\":[]', '\"passes\":[null]'",
    "'\"startedAt\":\"2', '\"startedAt\":\"+1000000002'"
  })
  void operationRowWouldHaveToBeGuessed_isRefused(String what, String with) {
    records.start(operation(Kind.ROTATE));
    damage(what, with);

    assertThatThrownBy(() -> records.operation(CLUSTER, operation(Kind.ROTATE).id()))
        .isInstanceOf(UnreadableRow.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"null", "{}", "[]", "{\"schema\":\"rekey.dev/evidence/v2\"}", "{\"schema\":1}"})
  void evidenceIsNoneOfThisSchema_isRefused(String text) {
    table.insert(CLUSTER.value(), "evidence-x", text);

    assertThatThrownBy(() -> records.evidence(CLUSTER, "x")).isInstanceOf(UnreadableRow.class);
  }

  @Test
  void indexNamesNoCluster_isRefusedAsARow() {
    table.insert("_operations", "active-x", "No Cluster");
    table.insert("_operations", "every-x", "No Cluster");

    assertThatThrownBy(() -> records.eachActive(operation -> {})).isInstanceOf(UnreadableRow.class);
    assertThatThrownBy(() -> records.clusterOf("x"))
        .isInstanceOf(UnreadableRow.class)
        .hasMessageNotContaining("No Cluster");
  }

  @Test
  void oneActiveOperationIsOfAnotherRelease_theOthersAreHandedOverFirst() {
    Operation damaged = records.start(operation(Kind.ROTATE)).value();
    damage("operation/v2", "operation/v3");
    table.insert("_operations", "active-0", "No Cluster");
    Operation other = records.start(elsewhere(damaged)).value();
    List<Operation> seen = new ArrayList<>();

    assertThatThrownBy(() -> records.eachActive(seen::add)).isInstanceOf(UnreadableRow.class);
    assertThat(seen).containsExactly(other);
  }

  private static Operation elsewhere(Operation example) {
    return new Operation(
        example.id() + "-later",
        Kind.CENSUS,
        new ClusterName("other"),
        example.origin(),
        example.route(),
        example.startedAt(),
        example.progress());
  }

  private void damage(String what, String with) {
    Row row = table.get(CLUSTER.value(), "operation-" + operation(Kind.ROTATE).id()).orElseThrow();
    assertThat(row.text()).contains(what);
    table.replace(CLUSTER.value(), row.rowKey(), row.text().replace(what, with), row.etag());
  }
}
