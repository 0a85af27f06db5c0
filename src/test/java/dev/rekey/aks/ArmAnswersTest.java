package dev.rekey.aks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.credential.AccessToken;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import dev.rekey.key.Cloud;
import dev.rekey.operation.ClusterName;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideFault.Kind;
import dev.rekey.service.port.OutsideSystem;
import dev.rekey.simulation.azure.http.AzureAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Whatever ARM answers becomes a fault of ours. */
class ArmAnswersTest {
  private static final String ID =
      "/subscriptions/00000000-0000-0000-0000-0000000000a1/resourceGroups/rg"
          + "/providers/Microsoft.ContainerService/managedClusters/prod";
  private static final ClusterName NAME = ClusterName.ofArmId(ID);
  private static final String SECRET_TEXT = "what nobody should quote";
  private static final String BODY = "{\"id\":\"" + ID + "\",\"eTag\":\"e\"}";

  private final Deque<AzureAnswer> answers = new ArrayDeque<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final ArmOverHttp http =
      new ArmOverHttp(
          List.of(ID),
          request -> {
            asked.incrementAndGet();
            return answers.size() > 1 ? answers.remove() : answers.element();
          });

  @AfterEach
  void stop() {
    http.close();
  }

  @ParameterizedTest
  @CsvSource({
    "302,MALFORMED",
    "400,REJECTED",
    "401,UNAUTHENTICATED",
    "403,FORBIDDEN",
    "404,NOT_FOUND",
    "408,TIMED_OUT",
    "409,CONFLICT",
    "410,REJECTED",
    "412,CHANGED_MEANWHILE",
    "415,REJECTED",
    "422,REJECTED",
    "429,BUSY",
    "500,BROKEN",
    "502,BROKEN",
    "503,BUSY",
    "504,BUSY"
  })
  void status_decidesTheKindAndTheCodeAloneIsQuoted(int status, Kind kind) {
    answers.add(
        AzureAnswer.json(
            status, "{\"error\":{\"code\":\"SomeCode\",\"message\":\"" + SECRET_TEXT + "\"}}"));

    OutsideFault fault = readFault();

    assertThat(fault.kind()).isEqualTo(kind);
    assertThat(fault.system()).isEqualTo(OutsideSystem.ARM);
    assertThat(fault)
        .hasMessageContaining(NAME.value())
        .hasMessageContaining("SomeCode")
        .hasNoCause();
    assertThat(fault.getMessage()).doesNotContain(SECRET_TEXT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>proxy</html>",
        "{\"code\":\"Bad code\\n\"}",
        "{\"error\":\"text\"}",
        "[1,2",
        "null"
      })
  void refusalThatIsNoErrorOfArms_isClassifiedByItsStatusAlone(String body) {
    answers.add(AzureAnswer.json(409, body));

    assertThat(readFault()).hasMessageEndingWith("(409)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>proxy</html>",
        "[]",
        "{}",
        "{\"id\":\"" + ID + "x\",\"eTag\":\"e\"}",
        "{\"id\":\"" + ID + "\"}",
        "{\"id\":\"" + ID + "\",\"eTag\":\"\"}",
        "{\"id\":\"" + ID + "\",\"eTag\":\"e\",\"a\":1,\"a\":2}",
        "{\"id\":\"" + ID + "\",\"eTag\":\"e\"} {}"
      })
  void successThatIsNoBodyOfTheCluster_isNotUnderstood(String body) {
    answers.add(AzureAnswer.json(200, body));

    assertThat(readFault().kind()).isEqualTo(Kind.MALFORMED);
  }

  /** To Azure's client most of them are lists without a cluster. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>proxy</html>",
        "{}",
        "[]",
        "null",
        "{\"value\":null}",
        "{\"value\":7}",
        "{\"value\":[null]}",
        "{\"value\":[7]}",
        "{\"value\":[{}]}",
        "{\"value\":[{\"id\":[]}]}",
        "{\"value\":[]"
      })
  void listThatIsNone_isNotUnderstoodAndNoEmptyOne(String body) {
    answers.add(AzureAnswer.json(200, body));
    ArmClusters clusters = http.open(List.of(ArmWorld.FIRST_SUBSCRIPTION));

    OutsideFault fault = catchThrowableOfType(OutsideFault.class, clusters::list);

    assertThat(fault.kind()).isEqualTo(Kind.MALFORMED);
    assertThat(fault.getMessage()).doesNotContain("proxy<");
    assertThat(clusters.find().missing()).extracting(OutsideFault::kind).contains(Kind.MALFORMED);
  }

  @Test
  void nextPageThatLeadsBackToItself_isGivenUp() {
    String link = "https://management.azure.com" + ArmWorld.FIRST_SUBSCRIPTION + "/again?x=1";
    answers.add(AzureAnswer.json(200, "{\"value\":[],\"nextLink\":\"" + link + "\"}"));
    ArmClusters clusters = http.open(List.of(ArmWorld.FIRST_SUBSCRIPTION));

    OutsideFault fault = catchThrowableOfType(OutsideFault.class, clusters::list);

    assertThat(fault.kind()).isEqualTo(Kind.MALFORMED);
    assertThat(fault).hasMessageContaining("no end");
  }

  @Test
  void passingTrouble_isTriedAgain() {
    answers.add(AzureAnswer.json(503, ""));
    answers.add(AzureAnswer.json(429, "").with("Retry-After", "0"));
    answers.add(AzureAnswer.json(200, BODY));

    assertThat(http.clusters.read(NAME).name()).isEqualTo(NAME);
    assertThat(asked).hasValue(3);
  }

  @Test
  void lastingTrouble_isToldAfterThreeTries() {
    answers.add(AzureAnswer.json(500, ""));

    assertThat(readFault().kind()).isEqualTo(Kind.BROKEN);
    assertThat(asked).hasValue(3);
  }

  @Test
  void longWait_isToldAtOnceAndNotSleptThrough() {
    answers.add(AzureAnswer.json(429, "").with("Retry-After", "3600"));
    assertThat(readFault().retryAfter()).isEqualTo(Duration.ofHours(1));

    answers.clear();
    answers.add(AzureAnswer.json(503, "").with("x-ms-retry-after-ms", "3600000"));
    assertThat(readFault().kind()).isEqualTo(Kind.BUSY);

    assertThat(asked).hasValue(2);
  }

  @Test
  void withoutACredential_isUnauthenticatedAndNothingIsSent() {
    ArmClusters clusters =
        http.open(
            List.of(ID),
            request -> Mono.error(new ClientAuthenticationException(SECRET_TEXT, null)));

    OutsideFault fault = catchThrowableOfType(OutsideFault.class, () -> clusters.read(NAME));

    assertThat(fault.kind()).isEqualTo(Kind.UNAUTHENTICATED);
    assertThat(fault.getMessage()).doesNotContain(SECRET_TEXT);
    assertThat(asked).hasValue(0);
  }

  @Test
  void wire_decidesTheKind() {
    assertThat(overBrokenWire(new ConnectException("x")).kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(overBrokenWire(new SSLHandshakeException("x")).kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(overBrokenWire(new HttpConnectTimeoutException("x")).kind())
        .isEqualTo(Kind.UNREACHABLE);
    assertThat(overBrokenWire(new HttpTimeoutException("x")).kind()).isEqualTo(Kind.TIMED_OUT);
  }

  private static OutsideFault overBrokenWire(IOException failure) {
    HttpClient wire =
        new HttpClient() {
          @Override
          public Mono<HttpResponse> send(HttpRequest request) {
            return Mono.error(failure);
          }

          @Override
          public HttpResponse sendSync(HttpRequest request, Context context) {
            throw new UncheckedIOException(failure);
          }
        };
    ArmClusters clusters =
        ArmClusters.open(
            List.of(ID, ArmWorld.FIRST_SUBSCRIPTION),
            Cloud.PUBLIC,
            request -> Mono.just(new AccessToken("token", OffsetDateTime.now().plusHours(1))),
            wire,
            "rekey-test",
            ArmOverHttp.WITHOUT_DELAY,
            waited -> {});
    List<OutsideFault> missing = clusters.find().missing();
    assertThat(missing).hasSize(2);
    assertThat(missing.get(0).kind()).isEqualTo(missing.get(1).kind());
    return missing.get(1);
  }

  private OutsideFault readFault() {
    return catchThrowableOfType(OutsideFault.class, () -> http.clusters.read(NAME));
  }
}
