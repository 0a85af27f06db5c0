package dev.rekey.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.service.port.Conflict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every table promises. */
abstract class TableContract {

  abstract Table table();

  @Test
  void rowThatWasNeverStoredIsEmpty() {
    assertThat(table().get("cluster", "operation-1")).isEmpty();
    assertThat(table().listByPrefix("cluster", "")).isEmpty();
  }

  @Test
  void insertedRowIsReadBackWithItsEtag() {
    Row inserted = table().insert("cluster", "operation-1", "{\"a\":\"ü\\n\"}\n");

    assertThat(inserted.text()).isEqualTo("{\"a\":\"ü\\n\"}\n");
    assertThat(inserted.etag()).isNotBlank();
    assertThat(table().get("cluster", "operation-1")).contains(inserted);
  }

  @Test
  void secondInsertOfSameRowIsConflictAndKeepsTheFirst() {
    Row first = table().insert("cluster", "lock", "one");

    assertThatThrownBy(() -> table().insert("cluster", "lock", "two")).isInstanceOf(Conflict.class);
    assertThat(table().get("cluster", "lock")).contains(first);
  }

  @Test
  void sameRowKeyInAnotherPartitionIsAnotherRow() {
    table().insert("cluster", "lock", "one");
    table().insert("other", "lock", "two");

    assertThat(table().get("cluster", "lock").orElseThrow().text()).isEqualTo("one");
    assertThat(table().get("other", "lock").orElseThrow().text()).isEqualTo("two");
  }

  @Test
  void replaceWithTheEtagReadStoresAndMovesTheEtag() {
    Row first = table().insert("cluster", "operation-1", "one");

    Row second = table().replace("cluster", "operation-1", "two", first.etag());

    assertThat(second.etag()).isNotEqualTo(first.etag());
    assertThat(table().get("cluster", "operation-1")).contains(second);
  }

  @Test
  void replaceWithTheSameTextMovesTheEtagToo() {
    Row first = table().insert("cluster", "operation-1", "one");

    Row second = table().replace("cluster", "operation-1", "one", first.etag());

    assertThat(second.etag()).isNotEqualTo(first.etag());
  }

  @Test
  void replaceWithAnOldEtagIsConflict() {
    Row first = table().insert("cluster", "operation-1", "one");
    Row second = table().replace("cluster", "operation-1", "two", first.etag());

    assertThatThrownBy(() -> table().replace("cluster", "operation-1", "three", first.etag()))
        .isInstanceOf(Conflict.class);
    assertThat(table().get("cluster", "operation-1")).contains(second);
  }

  @Test
  void replaceOfMissingRowIsConflict() {
    assertThatThrownBy(() -> table().replace("cluster", "operation-1", "two", "\"1\""))
        .isInstanceOf(Conflict.class);
    assertThat(table().get("cluster", "operation-1")).isEmpty();
  }

  @Test
  void blankEtagIsRefusedBecauseAzureTakesItAsAny() {
    Row first = table().insert("cluster", "operation-1", "one");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> table().replace("cluster", "operation-1", "two", " "));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table().delete("cluster", "operation-1", ""));
    assertThat(table().get("cluster", "operation-1")).contains(first);
  }

  @Test
  void deleteWithTheEtagReadRemoves() {
    Row row = table().insert("cluster", "lock", "one");

    table().delete("cluster", "lock", row.etag());

    assertThat(table().get("cluster", "lock")).isEmpty();
    assertThatThrownBy(() -> table().delete("cluster", "lock", row.etag()))
        .isInstanceOf(Conflict.class);
  }

  @Test
  void deleteWithAnOldEtagIsConflict() {
    Row first = table().insert("cluster", "lock", "one");
    Row second = table().replace("cluster", "lock", "two", first.etag());

    assertThatThrownBy(() -> table().delete("cluster", "lock", first.etag()))
        .isInstanceOf(Conflict.class);
    assertThat(table().get("cluster", "lock")).contains(second);
  }

  @Test
  void keysByPrefixAreThoseOfTheListedRows() {
    table().insert("cluster", "evidence-2", "b");
    table().insert("cluster", "evidence-10", "a");
    table().insert("cluster", "evidencf", "other");
    table().insert("other", "evidence-3", "elsewhere");

    assertThat(table().keysByPrefix("cluster", "evidence-"))
        .containsExactly("evidence-10", "evidence-2");
    assertThat(table().keysByPrefix("cluster", ""))
        .containsExactly("evidence-10", "evidence-2", "evidencf");
    assertThat(table().keysByPrefix("nobody", "")).isEmpty();
  }

  @Test
  void listByPrefixHasTheRowsInOrderOfTheirKeys() {
    table().insert("cluster", "shard-2", "b");
    table().insert("cluster", "shard-10", "a");
    table().insert("cluster", "Shard-1", "upper case");
    table().insert("cluster", "shard", "shorter");
    table().insert("cluster", "sharp", "other");
    table().insert("other", "shard-3", "elsewhere");

    assertThat(table().listByPrefix("cluster", "shard-"))
        .extracting(Row::rowKey)
        .containsExactly("shard-10", "shard-2");
    assertThat(table().listByPrefix("cluster", ""))
        .extracting(Row::rowKey)
        .containsExactly("Shard-1", "shard", "shard-10", "shard-2", "sharp");
  }

  @Test
  void keysThatDifferOnlyInCaseAreTwoRows() {
    table().insert("cluster", "operation-A", "upper");
    table().insert("cluster", "operation-a", "lower");

    assertThat(table().get("cluster", "operation-A").orElseThrow().text()).isEqualTo("upper");
    assertThat(table().get("cluster", "operation-a").orElseThrow().text()).isEqualTo("lower");
  }

  @Test
  void oddAndLongKeysAreRowsLikeAnyOther() {
    List<String> keys =
        List.of(
            "..",
            ".",
            ".lock",
            "%",
            "a b",
            "a:b",
            "ключ",
            "k".repeat(512),
            "K".repeat(512),
            "k".repeat(511) + "l");
    for (String key : keys) {
      table().insert("cluster", key, "text of " + key);
    }

    for (String key : keys) {
      assertThat(table().get("cluster", key).orElseThrow().text()).isEqualTo("text of " + key);
    }
    assertThat(table().listByPrefix("cluster", "kkk")).hasSize(2);
    assertThat(table().listByPrefix("cluster", "k".repeat(511))).hasSize(2);
  }

  @Test
  void keysThatAzureTablesRefusesAreRefusedHereToo() {
    for (String key :
        List.of("", "a/b", "a\\b", "a#b", "a?b", "a\nb", "a\u0085b", "k".repeat(513))) {
      assertThatIllegalArgumentException().isThrownBy(() -> table().insert("cluster", key, ""));
      assertThatIllegalArgumentException().isThrownBy(() -> table().insert(key, "row", ""));
    }
  }

  @Test
  void textThatFitsNoAzureRowIsRefused() {
    table().insert("cluster", "largest", "x".repeat(480_000));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> table().insert("cluster", "larger", "x".repeat(480_001)));
  }

  @Test
  void transactionStoresAllItsWrites() {
    Row old = table().insert("cluster", "operation-1", "one");
    Row lock = table().insert("cluster", "lock", "held");

    List<Row> stored =
        table()
            .transact(
                "cluster",
                List.of(
                    new Write.Replace("operation-1", "two", old.etag()),
                    new Write.Delete("lock", lock.etag()),
                    new Write.Insert("evidence-1", "proof"),
                    new Write.Put("shard-1", "done")));

    assertThat(stored)
        .extracting(Row::rowKey)
        .containsExactly("operation-1", "evidence-1", "shard-1");
    assertThat(table().listByPrefix("cluster", ""))
        .extracting(Row::text)
        .containsExactly("proof", "two", "done");
    assertThat(table().get("cluster", "operation-1")).contains(stored.get(0));
  }

  @Test
  void transactionWithOneConflictStoresNothing() {
    table().insert("cluster", "lock", "held by another");

    assertThatThrownBy(
            () ->
                table()
                    .transact(
                        "cluster",
                        List.of(
                            new Write.Insert("operation-1", "one"),
                            new Write.Insert("lock", "held"),
                            new Write.Put("shard-1", "done"))))
        .isInstanceOf(Conflict.class);

    assertThat(table().listByPrefix("cluster", ""))
        .extracting(Row::text)
        .containsExactly("held by another");
  }

  @Test
  void transactionWithAnOldEtagStoresNothingWhereverItStands() {
    Row old = table().insert("cluster", "operation-1", "one");
    Row lock = table().insert("cluster", "lock", "held");
    table().replace("cluster", "operation-1", "two", old.etag());
    List<Write> writes =
        List.of(
            new Write.Insert("evidence-1", "proof"),
            new Write.Delete("lock", lock.etag()),
            new Write.Replace("operation-1", "three", old.etag()));

    for (int first = 0; first < writes.size(); first++) {
      List<Write> turned = new ArrayList<>(writes);
      Collections.rotate(turned, first);
      assertThatThrownBy(() -> table().transact("cluster", turned)).isInstanceOf(Conflict.class);
    }

    assertThat(table().listByPrefix("cluster", ""))
        .extracting(Row::text)
        .containsExactly("held", "two");
    assertThat(table().get("cluster", "lock")).contains(lock);
  }

  @Test
  void putStoresWhateverIsThere() {
    table().transact("cluster", List.of(new Write.Put("shard-1", "one")));
    Row second = table().transact("cluster", List.of(new Write.Put("shard-1", "two"))).get(0);

    assertThat(table().get("cluster", "shard-1")).contains(second);
    assertThat(second.text()).isEqualTo("two");
  }

  @Test
  void transactionOfOneHundredWritesIsTheLargest() {
    assertThat(table().transact("cluster", puts(100))).hasSize(100);
    assertThat(table().listByPrefix("cluster", "shard-")).hasSize(100);

    assertThatIllegalArgumentException().isThrownBy(() -> table().transact("cluster", puts(101)));
    assertThatIllegalArgumentException().isThrownBy(() -> table().transact("cluster", List.of()));
  }

  private static List<Write> puts(int count) {
    return IntStream.range(0, count).<Write>mapToObj(n -> new Write.Put("shard-" + n, "")).toList();
  }

  @Test
  void transactionThatWritesARowTwiceIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                table()
                    .transact(
                        "cluster",
                        List.of(new Write.Put("shard-1", "one"), new Write.Put("shard-1", "two"))));
  }

  @Test
  void transactionThatFitsNoAzureRequestIsRefused() {
    String large = "x".repeat(480_000);

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                table()
                    .transact(
                        "cluster",
                        List.of(
                            new Write.Put("shard-1", large),
                            new Write.Put("shard-2", large),
                            new Write.Put("shard-3", large))));
  }

  @Test
  void rowDeletedAndInsertedAgainDoesNotTakeAWriteMeantForTheFirst() {
    Row first = table().insert("cluster", "lock", "held by operation-1");
    table().delete("cluster", "lock", first.etag());
    table().insert("cluster", "lock", "held by operation-2");

    assertThatThrownBy(() -> table().delete("cluster", "lock", first.etag()))
        .isInstanceOf(Conflict.class);
  }
}
