package dev.rekey.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rekey.service.port.Conflict;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideFault.Kind;
import dev.rekey.storage.RawHttp.Answer;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A write that was answered with success, in words that say nothing: what became of it is told by
 * the row, and where that doesn't tell either it is unknown. It is sent once.
 */
class WriteAnswersTest {
  private static final String P = "cluster";
  private static final String ETAG = "W/\"1\"";
  private static final String JSON = "application/json";
  private static final Answer ABSENT =
      Answer.of(404, JSON, StorageOverHttp.JSON_ERROR.replace("SomeCode", "ResourceNotFound"));
  private static final Answer GARBAGE = Answer.of(202, "text/html", "<html>proxy</html>");

  @ParameterizedTest
  @ValueSource(
      strings = {"", "<html>proxy</html>", "{}", "--b--", "--b\r\n\r\nHTTP/1.1 204 x\r\n\r\n--b--"})
  void successSaysNothing_theRowTellsThatTheWriteIsOurs(String body) {
    Answer answer = Answer.of(202, "multipart/mixed; boundary=b", body);

    with(
        answer,
        row(StorageOverHttp.WRITE_ID),
        storage -> {
          assertThat(storage.table.insert(P, "row", "text"))
              .isEqualTo(new Row(P, "row", "text", "W/\"7\""));
          assertThat(writes(storage)).isEqualTo(1);
        });
  }

  @Test
  void rowIsAnothersOrAbsent_theWriteIsUnknownAndNoConflict() {
    for (Answer read : List.of(row("another-write"), ABSENT)) {
      with(
          GARBAGE,
          read,
          storage -> {
            for (Write write :
                List.of(
                    new Write.Insert("row", "text"),
                    new Write.Replace("row", "text", ETAG),
                    new Write.Put("row", "text"))) {
              assertThat(fault(storage, write).kind()).isEqualTo(Kind.MALFORMED);
            }
            assertThat(writes(storage)).isEqualTo(3);
          });
    }
  }

  @Test
  void rowCannotBeReadEither_theWriteIsUnknown() {
    with(
        GARBAGE,
        GARBAGE,
        storage -> {
          assertThat(fault(storage, new Write.Put("row", "text")).kind()).isEqualTo(Kind.MALFORMED);
          assertThat(writes(storage)).isEqualTo(1);
        });
  }

  /** Nothing is left of a deletion that could tell whose it is. */
  @Test
  void deletionIsAnsweredWithNothing_isUnknownAndSentOnce() {
    with(
        GARBAGE,
        ABSENT,
        storage -> {
          assertThat(fault(storage, new Write.Delete("row", ETAG)).kind())
              .isEqualTo(Kind.MALFORMED);
          assertThat(writes(storage)).isEqualTo(1);
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {409, 412})
  void refusalOfStorageItself_isAConflictAndNeedsNoLook(int status) {
    String code = status == 409 ? "EntityAlreadyExists" : "UpdateConditionNotSatisfied";
    Answer refusal =
        Answer.of(status, JSON, StorageOverHttp.JSON_ERROR.replace("SomeCode", code))
            .with("x-ms-error-code", code);

    with(
        refusal,
        GARBAGE,
        storage -> {
          assertThatThrownBy(() -> storage.table.insert(P, "row", "text"))
              .isInstanceOf(Conflict.class);
          assertThat(storage.server.asked()).hasSize(1);
        });
  }

  /** A proxy's refusal isn't storage's: another may not have written anything. */
  @ParameterizedTest
  @ValueSource(ints = {409, 412})
  void refusalOfSomebodyElse_isAFaultAndNoConflict(int status) {
    with(
        Answer.of(status, "text/html", "<html>proxy</html>"),
        ABSENT,
        storage ->
            assertThat(fault(storage, new Write.Put("row", "text")).kind())
                .isIn(Kind.CONFLICT, Kind.CHANGED_MEANWHILE));
  }

  @Test
  void rowComesThatWasNotAskedFor_isNotHandedOn() {
    for (String key : List.of("\"other\"", "7", "null")) {
      with(
          GARBAGE,
          Answer.of(200, JSON, entity("this").replace("\"row\"", key)),
          storage ->
              assertThat(
                      catchThrowableOfType(OutsideFault.class, () -> storage.table.get(P, "row"))
                          .kind())
                  .isEqualTo(Kind.MALFORMED));
    }
  }

  private static void with(Answer write, Answer read, Consumer<StorageOverHttp> test) {
    try (StorageOverHttp storage =
        new StorageOverHttp(asked -> asked.method().equals("GET") ? read : write)) {
      test.accept(storage);
    }
  }

  private static OutsideFault fault(StorageOverHttp storage, Write write) {
    return catchThrowableOfType(
        OutsideFault.class, () -> storage.table.transact(P, List.of(write)));
  }

  private static long writes(StorageOverHttp storage) {
    return storage.server.asked().stream().filter(each -> !each.method().equals("GET")).count();
  }

  private static Answer row(String writeId) {
    return Answer.of(200, JSON, entity(writeId));
  }

  private static String entity(String writeId) {
    return "{\"odata.etag\":\"W/\\\"7\\\"\",\"PartitionKey\":\"cluster\",\"RowKey\":\"row\","
        + "\"WriteId\":\""
        + writeId
        + "\"}";
  }
}
