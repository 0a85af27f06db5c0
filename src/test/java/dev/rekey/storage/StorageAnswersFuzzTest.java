package dev.rekey.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rekey.fuzz.Canary;
import dev.rekey.operation.ClusterName;
import dev.rekey.service.port.Conflict;
import dev.rekey.service.port.Message;
import dev.rekey.service.port.OutsideFault;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Whatever tables and queues answer, through Azure's own clients. */
class StorageAnswersFuzzTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @FuzzTest
  void anyRow_isTheAskedOneOrAFault(byte[] body) {
    Calls calls = new Calls(text(body));
    calls.answering(200, "application/json", calls::get);
  }

  @FuzzTest
  void anyPageOfRows_isOfThePartitionOrAFault(byte[] body) {
    Calls calls = new Calls(text(body));
    calls.answering(200, "application/json", calls::list);
  }

  /** No row shows that it was carried out, so success is told for what the answer itself says. */
  @FuzzTest
  void anyAnswerToAWrite_isUnderstoodOrAFault(byte[] body) {
    Calls calls = new Calls(text(body));
    calls.answering(202, "multipart/mixed; boundary=batchresponse_b", calls::write);
  }

  @FuzzTest
  void anyAnswerOfAQueue_isUnderstoodOrAFault(byte[] body) {
    Calls calls = new Calls(text(body));
    calls.answering(201, "application/xml", calls::send);
    calls.answering(200, "application/xml", calls::count);
  }

  @FuzzTest
  void anyRefusal_isAFaultWithoutAWordOfIt(byte[] body) {
    Calls calls = new Calls(text(body));
    for (int status : new int[] {302, 400, 403, 404, 409, 412}) {
      calls.answering(status, "application/json", calls::get);
      calls.answering(status, "application/xml", calls::list);
      calls.answering(status, "application/json", calls::write);
      calls.answering(status, "application/xml", calls::send);
      calls.answering(status, "application/xml", calls::count);
    }
  }

  @FuzzTest
  void anyTimeToWait_isATimeOrNone(byte[] header) {
    for (String name : List.of("Retry-After", "retry-after-ms", "x-ms-retry-after-ms")) {
      HttpHeaders headers = new HttpHeaders().set(HttpHeaderName.fromString(name), text(header));
      Duration pause = RetryAfter.in(headers, NOW);

      assertThat(pause == null || !pause.isNegative()).isTrue();
    }
  }

  private static String text(byte[] input) {
    return new String(input, StandardCharsets.UTF_8);
  }

  /** In a class of its own: see {@code KeyEventFuzzTest}. */
  private static final class Calls implements HttpClient {
    private static final String P = "cluster";

    private static final TokenCredential CREDENTIAL =
        request -> Mono.just(new AccessToken("token", OffsetDateTime.now().plusHours(1)));

    private final Table table =
        AzureTable.open(URI.create("https://a.table.core.windows.net"), "Rekey", CREDENTIAL, this);
    private final StorageQueues queues =
        StorageQueues.open(URI.create("https://a.queue.core.windows.net"), CREDENTIAL, this);
    private final String body;
    private int status;
    private String type = "";
    private boolean writing;

    Calls(String body) {
      this.body = body;
    }

    void answering(int status, String type, Runnable call) {
      this.status = status;
      this.type = type;
      try {
        call.run();
      } catch (OutsideFault | Conflict | UnreadableRow refused) {
        Canary.notIn(refused);
      }
    }

    void get() {
      Optional<Row> row = table.get(P, "row");
      row.ifPresent(found -> assertThat(found.rowKey()).isEqualTo("row"));
    }

    void list() {
      assertThat(table.listByPrefix(P, "r"))
          .allMatch(row -> row.partition().equals(P) && row.rowKey().startsWith("r"));
    }

    void write() {
      writing = true;
      try {
        assertThat(table.replace(P, "row", "text", "W/\"1\"").etag())
            .isEqualTo(AzureTransaction.OVERWRITTEN);
      } finally {
        writing = false;
      }
    }

    void send() {
      queues.send(new Message.Advance(new ClusterName("c"), "op", 1), Duration.ZERO);
    }

    void count() {
      assertThat(queues.counts().values()).allMatch(count -> count > 0);
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
      return Mono.just(answer(request));
    }

    @Override
    public HttpResponse sendSync(HttpRequest request, Context context) {
      return answer(request);
    }

    private HttpResponse answer(HttpRequest request) {
      assertThat(request.getUrl().getHost()).endsWith(".core.windows.net");
      if (writing && request.getHttpMethod() == HttpMethod.GET) {
        return new CannedAnswer(request, 404, Map.of("x-ms-error-code", "ResourceNotFound"), "");
      }
      boolean looksAtAQueue = String.valueOf(request.getUrl().getQuery()).contains("comp=metadata");
      return new CannedAnswer(
          request,
          status,
          looksAtAQueue
              ? Map.of("Content-Type", type, "x-ms-approximate-messages-count", "1")
              : Map.of("Content-Type", type),
          body);
    }
  }
}
