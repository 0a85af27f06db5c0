package dev.rekey.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rekey.operation.ClusterName;
import dev.rekey.service.port.Message;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideFault.Kind;
import dev.rekey.service.port.OutsideSystem;
import dev.rekey.storage.RawHttp.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever tables and queues answer, through Azure's own clients over HTTP. */
class StorageStatusTest {
  private static final String P = "cluster";
  private static final String ETAG = "W/\"1\"";
  private static final Message MESSAGE = new Message.Advance(new ClusterName("c"), "op", 1);

  private static final Map<String, Consumer<StorageOverHttp>> CALLS =
      Map.of(
          "get", storage -> storage.table.get(P, "row"),
          "list", storage -> storage.table.listByPrefix(P, ""),
          "keys", storage -> storage.table.keysByPrefix(P, ""),
          "insert", storage -> storage.table.insert(P, "row", "text"),
          "replace", storage -> storage.table.replace(P, "row", "text", ETAG),
          "delete", storage -> storage.table.delete(P, "row", ETAG),
          "send", storage -> storage.queues.send(MESSAGE, Duration.ZERO),
          "count", storage -> storage.queues.counts());

  static Stream<Arguments> statuses() {
    return Map.ofEntries(
            Map.entry(302, Kind.MALFORMED),
            Map.entry(400, Kind.REJECTED),
            Map.entry(401, Kind.UNAUTHENTICATED),
            Map.entry(403, Kind.FORBIDDEN),
            Map.entry(404, Kind.NOT_FOUND),
            Map.entry(405, Kind.REJECTED),
            Map.entry(408, Kind.TIMED_OUT),
            Map.entry(409, Kind.CONFLICT),
            Map.entry(410, Kind.REJECTED),
            Map.entry(412, Kind.CHANGED_MEANWHILE),
            Map.entry(413, Kind.REJECTED),
            Map.entry(415, Kind.REJECTED),
            Map.entry(422, Kind.REJECTED),
            Map.entry(429, Kind.BUSY),
            Map.entry(500, Kind.BROKEN),
            Map.entry(501, Kind.BROKEN),
            Map.entry(502, Kind.BROKEN),
            Map.entry(503, Kind.BUSY),
            Map.entry(504, Kind.BUSY))
        .entrySet()
        .stream()
        .sorted(Map.Entry.comparingByKey())
        .map(row -> Arguments.of(row.getKey(), row.getValue()));
  }

  /** In either form of an error, and in none: the status decides. */
  @ParameterizedTest(name = "{0} => {1}")
  @MethodSource("statuses")
  void status_decidesTheKindOfEveryCall(int status, Kind kind) {
    for (Answer answer :
        List.of(
            Answer.of(status, "application/json", StorageOverHttp.JSON_ERROR),
            Answer.of(status, "application/xml", StorageOverHttp.XML_ERROR),
            Answer.of(status, "text/html", "<html>" + StorageOverHttp.QUOTED))) {
      // A wish to wait is told at once: so no row takes the time of further tries.
      Answer withWish = answer.with("Retry-After", "7");
      CALLS.forEach(
          (name, call) -> {
            OutsideFault fault = fault(withWish, call, name);
            assertThat(fault.kind()).as(name).isEqualTo(kind);
            assertThat(fault.retryAfter())
                .isEqualTo(kind == Kind.BUSY ? Duration.ofSeconds(7) : null);
          });
    }
  }

  static Stream<Arguments> brokenAnswers() {
    String json = "application/json";
    return Stream.of(
        Arguments.of("reset before the answer", Answer.reset()),
        Arguments.of("reset in it", Answer.resetAfter(200, json, "{\"value\":[{")),
        Arguments.of("closed before the answer", new Answer("", false)),
        Arguments.of("truncated", Answer.truncated(202, json, "{\"value\":[{")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenAnswers")
  void answerBreaksOff_isUnreachable(String broken, Answer answer) {
    // At once, for each is tried three times with a wait in between.
    List<CompletableFuture<Void>> calls = new ArrayList<>();
    CALLS.forEach(
        (name, call) ->
            calls.add(
                CompletableFuture.runAsync(
                    () ->
                        assertThat(fault(answer, call, name).kind())
                            .as(name)
                            .isEqualTo(Kind.UNREACHABLE),
                    task -> new Thread(task).start())));
    calls.forEach(CompletableFuture::join);
  }

  @ParameterizedTest
  @CsvSource({"text/html", "application/json", "application/xml", "multipart/mixed; boundary=b"})
  void successHoldsSomethingElse_isNoneOfAnyCall(String type) {
    for (String body :
        List.of(
            "<html>" + StorageOverHttp.QUOTED + "</html>",
            "<?xml version=\"1.0\"?><QueueMessagesList><QueueMessage>",
            "{\"value\":[{\"PartitionKey\":\"" + StorageOverHttp.QUOTED,
            "",
            "{}",
            "{\"value\":7}",
            "{\"value\":[{\"PartitionKey\":7}]}",
            "[]",
            "7",
            "--b--",
            "--b\r\n\r\nHTTP/1.1 " + StorageOverHttp.QUOTED + "\r\n\r\n--b--")) {
      for (int status : new int[] {200, 201, 202, 204}) {
        Answer answer = Answer.of(status, type, status == 204 ? "" : body);
        CALLS.forEach(
            (name, call) ->
                assertThat(fault(answer, call, name + " " + status + " " + body).kind())
                    .as(name + " " + status + " " + body)
                    .isEqualTo(Kind.MALFORMED));
      }
    }
  }

  private static OutsideFault fault(Answer answer, Consumer<StorageOverHttp> call, String name) {
    try (StorageOverHttp storage = new StorageOverHttp(asked -> answer)) {
      Throwable thrown = catchThrowable(() -> call.accept(storage));
      assertThat(thrown).as(name).isInstanceOf(OutsideFault.class);
      OutsideFault fault = (OutsideFault) thrown;
      assertThat(fault.system()).isEqualTo(OutsideSystem.STORAGE);
      assertThat(fault)
          .hasMessageContaining("of the storage account rekeystore")
          .hasMessageNotContaining(StorageOverHttp.QUOTED)
          .hasNoCause();
      return fault;
    }
  }
}
