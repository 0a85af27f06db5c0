package dev.rekey.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import dev.rekey.service.port.Conflict;
import dev.rekey.testbed.azurite.Azurite;
import dev.rekey.testbed.transport.RedirectedTransport;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract on Azurite, through Azure's client, with a token as in production. */
class AzureTableIT extends TableContract {
  private static Azurite azurite;

  private final RedirectedTransport transport = azurite.transport();
  private final String partition = "partition-1";
  private final String name = "T" + UUID.randomUUID().toString().replace("-", "");
  private final Table table = open(transport);

  @BeforeAll
  static void start() {
    azurite = Azurite.start();
  }

  @AfterAll
  static void stop() {
    azurite.close();
  }

  @Override
  Table table() {
    return table;
  }

  private Table open(RedirectedTransport over) {
    return AzureTable.open(azurite.tables(), name, azurite.credential(), over);
  }

  @Test
  void answerToAnInsertIsLost_itIsKnownToBeOurs() {
    table.insert(partition, "first", "the table is there");
    transport.loseNextAnswer(AzureTableIT::changes);

    Row stored = table.insert(partition, "row", "text");

    assertThat(table.get(partition, "row")).contains(stored);
    assertThat(table.replace(partition, "row", "more", stored.etag()).text()).isEqualTo("more");
  }

  @Test
  void answerToAReplacementIsLost_itIsNoConflict() {
    Row first = table.insert(partition, "row", "one");
    transport.loseNextAnswer(AzureTableIT::changes);

    Row second = table.replace(partition, "row", "two", first.etag());

    assertThat(table.get(partition, "row")).contains(second);
  }

  @Test
  void answerToATransactionIsLost_itIsKnownToBeOurs() {
    Row first = table.insert(partition, "a", "one");
    transport.loseNextAnswer(AzureTableIT::changes);

    List<Row> rows =
        table.transact(
            partition,
            List.of(
                new Write.Replace("a", "two", first.etag()),
                new Write.Insert("b", "new"),
                new Write.Put("c", "any")));

    assertThat(rows).extracting(Row::text).containsExactly("two", "new", "any");
    assertThat(table.listByPrefix(partition, "")).containsExactlyElementsOf(rows);
  }

  @Test
  void anotherOvertakesUs_theEtagThatWeGetFitsNothing() {
    Row first = table.insert(partition, "row", "one");
    transport.beforeNext(
        request -> request.getHttpMethod() == HttpMethod.GET,
        () -> {
          Table another = open(azurite.transport());
          Row theirs = another.get(partition, "row").orElseThrow();
          another.replace(partition, "row", "theirs", theirs.etag());
        });

    Row ours = table.replace(partition, "row", "two", first.etag());

    assertThatThrownBy(() -> table.replace(partition, "row", "three", ours.etag()))
        .isInstanceOf(Conflict.class);
    assertThat(table.get(partition, "row").orElseThrow().text()).isEqualTo("theirs");
  }

  @Test
  void anotherDeletesTheRowRightAfterUs_theEtagThatWeGetFitsNothing() {
    Row first = table.insert(partition, "row", "one");
    transport.beforeNext(
        request -> request.getHttpMethod() == HttpMethod.GET,
        () -> {
          Table another = open(azurite.transport());
          another.delete(partition, "row", another.get(partition, "row").orElseThrow().etag());
        });

    Row ours = table.replace(partition, "row", "two", first.etag());

    assertThat(ours.etag()).isNotBlank();
    assertThatThrownBy(() -> table.delete(partition, "row", ours.etag()))
        .isInstanceOf(Conflict.class);
  }

  @Test
  void longestTextsOfOddCharacters_comeBack() {
    String wide = "x" + "\ud83d\ude00".repeat(239_999) + "y";
    String quoted = "\"\\\u0001".repeat(160_000);

    Row inserted = table.insert(partition, "wide", wide);
    table.insert(partition, "quoted", quoted);

    assertThat(table.get(partition, "wide")).contains(inserted);
    assertThat(table.get(partition, "quoted").orElseThrow().text().equals(quoted)).isTrue();
    Row shorter = table.replace(partition, "wide", "short", inserted.etag());
    assertThat(table.get(partition, "wide")).contains(shorter);
  }

  /** Inserts, since Azurite takes a replacement's request for the row. */
  @Test
  void largestTransactionOfJsonOrOfAnyAlphabet_isTaken() {
    int each = TableLimits.MAX_TRANSACTION_TEXT / 3;
    for (String unit : List.of("\"a\":", "\u044f", "\u6f22")) {
      String text = unit.repeat(each / unit.length());
      String cluster = "cluster of " + unit.length() + (int) unit.charAt(0);

      List<Row> rows =
          table.transact(
              cluster,
              List.of(
                  new Write.Insert("a", text),
                  new Write.Insert("b", text),
                  new Write.Insert("c", text)));

      assertThat(table.listByPrefix(cluster, "").equals(rows)).as(unit).isTrue();
    }
  }

  @Test
  void rowsOfMoreThanOnePage_areAllListed() {
    for (int hundred = 0; hundred < 11; hundred++) {
      int first = hundred * 100;
      table.transact(
          partition,
          IntStream.range(first, first + 100)
              .<Write>mapToObj(n -> new Write.Put("row-%04d".formatted(n), "text"))
              .toList());
    }

    assertThat(table.listByPrefix(partition, "row-")).hasSize(1_100);
    assertThat(table.listByPrefix(partition, "row-01")).hasSize(100);
  }

  @Test
  void prefixEndsOutsideAscii_onlyItsRowsAreListed() {
    for (String key : List.of("a'", "aя", "aяю", "aѐ", "b", "a😀")) {
      table.insert(partition, key, key);
    }

    assertThat(table.listByPrefix(partition, "aя"))
        .extracting(Row::text)
        .containsExactly("aя", "aяю");
    assertThat(table.listByPrefix(partition, "a'")).extracting(Row::text).containsExactly("a'");
    assertThat(table.listByPrefix(partition, "a😀")).extracting(Row::text).containsExactly("a😀");
  }

  @Test
  void tableIsMissing_itIsMadeOnceAndReadsMakeNone() {
    assertThat(table.get(partition, "row")).isEmpty();
    assertThat(table.listByPrefix(partition, "")).isEmpty();
    assertThat(tablesMade()).isZero();

    table.insert(partition, "row", "one");
    table.insert(partition, "other", "one");

    assertThat(tablesMade()).isEqualTo(1);
  }

  @Test
  void severalFindTheTableMissing_noneFails() {
    IntStream.range(0, 4)
        .parallel()
        .forEach(n -> open(azurite.transport()).insert(partition, "row-" + n, "text"));

    assertThat(table.listByPrefix(partition, "row-")).hasSize(4);
  }

  @Test
  void writersWithTablesOfTheirOwn_loseNoWrite() {
    table.insert(partition, "counter", "0");

    IntStream.range(0, 4).parallel().forEach(unused -> count(open(azurite.transport()), 10));

    assertThat(table.get(partition, "counter").orElseThrow().text()).isEqualTo("40");
  }

  private void count(Table own, int times) {
    for (int counted = 0; counted < times; ) {
      Row counter = own.get(partition, "counter").orElseThrow();
      String next = String.valueOf(Integer.parseInt(counter.text()) + 1);
      try {
        own.replace(partition, "counter", next, counter.etag());
        counted++;
      } catch (Conflict someoneElseCounted) {
        // Once more from the new state.
      }
    }
  }

  private long tablesMade() {
    return transport.requests().stream()
        .filter(request -> request.getUrl().getPath().equals("/Tables"))
        .count();
  }

  private static boolean changes(HttpRequest request) {
    return request.getHttpMethod() != HttpMethod.GET;
  }
}
