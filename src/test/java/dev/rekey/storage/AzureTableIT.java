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

  private static boolean changes(HttpRequest request) {
    return request.getHttpMethod() != HttpMethod.GET;
  }
}
