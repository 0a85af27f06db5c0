package dev.rekey.aks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.credential.AccessToken;
import com.azure.core.http.HttpClient;
import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.KmsSettings;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideFault.Kind;
import dev.rekey.service.port.OutsideSystem;
import dev.rekey.storage.RawHttp;
import dev.rekey.storage.RawHttp.Answer;
import dev.rekey.storage.RawHttp.Asked;
import dev.rekey.testbed.transport.Destinations;
import dev.rekey.testbed.transport.RedirectedTransport;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/**
 * Whatever ARM answers to the update, or doesn't. Only what it refuses before doing anything is
 * told as not taken; everything else is unknown (promise K5), and nothing is ever sent twice.
 */
class ArmPutAnswersTest {
  private static final String ID =
      "/subscriptions/00000000-0000-0000-0000-0000000000a1/resourceGroups/rg"
          + "/providers/Microsoft.ContainerService/managedClusters/prod";
  private static final KeyId FROM =
      KeyId.parse("https://example.vault.azure.net/keys/etcd/1", Cloud.PUBLIC);
  private static final KeyId TO =
      KeyId.parse("https://example.vault.azure.net/keys/etcd/2", Cloud.PUBLIC);
  private static final String BODY =
      "{\"id\":\""
          + ID
          + "\",\"eTag\":\"e\",\"properties\":{\"securityProfile\":{\"azureKeyVaultKms\":{"
          + "\"enabled\":true,\"keyId\":\""
          + FROM.url()
          + "\"}}}}";
  private static final String QUOTED = "what nobody should quote";
  private static final String ERROR =
      "{\"error\":{\"code\":\"SomeCode\",\"message\":\"" + QUOTED + "\"}}";
  private static final String JSON = "application/json";

  /** What the port says of an update that ARM refused before doing anything. */
  private static final Set<Kind> NOT_TAKEN =
      EnumSet.of(Kind.CHANGED_MEANWHILE, Kind.CONFLICT, Kind.FORBIDDEN, Kind.UNAUTHENTICATED);

  /** What an update came to: an address, or a fault. */
  private record Outcome(@Nullable String address, @Nullable OutsideFault fault, long puts) {}

  @ParameterizedTest
  @CsvSource({
    "302, MALFORMED, unknown",
    "400, REJECTED, unknown",
    "401, UNAUTHENTICATED, not taken",
    "403, FORBIDDEN, not taken",
    "404, NOT_FOUND, unknown",
    "405, REJECTED, unknown",
    "408, TIMED_OUT, unknown",
    "409, CONFLICT, not taken",
    "410, REJECTED, unknown",
    "412, CHANGED_MEANWHILE, not taken",
    "413, REJECTED, unknown",
    "415, REJECTED, unknown",
    "422, REJECTED, unknown",
    "429, BUSY, unknown",
    "500, BROKEN, unknown",
    "502, BROKEN, unknown",
    "503, BUSY, unknown",
    "504, BUSY, unknown"
  })
  void status_decidesTheKindAndIsSentOnce(int status, Kind kind, String effect) {
    Outcome outcome = updateAnswered(Answer.of(status, JSON, ERROR));

    assertThat(outcome.puts()).isEqualTo(1);
    assertThat(outcome.fault().kind()).isEqualTo(kind);
    assertThat(NOT_TAKEN.contains(kind)).isEqualTo(effect.equals("not taken"));
    assertThat(outcome.fault().system()).isEqualTo(OutsideSystem.ARM);
    assertThat(outcome.fault())
        .hasMessageContaining("update the cluster")
        .hasMessageNotContaining(QUOTED)
        .hasNoCause();
  }

  @ParameterizedTest
  @CsvSource({"429, 17, PT17S", "503, 0, PT0S", "504, soon,", "429,,"})
  void timeToWait_isHandedOnAndNotSlept(
      int status, @Nullable String header, @Nullable Duration wait) {
    Answer answer = Answer.of(status, JSON, ERROR);

    Outcome outcome = updateAnswered(header == null ? answer : answer.with("Retry-After", header));

    assertThat(outcome.fault().kind()).isEqualTo(Kind.BUSY);
    assertThat(outcome.fault().retryAfter()).isEqualTo(wait);
    assertThat(outcome.puts()).isEqualTo(1);
  }

  static Stream<Arguments> brokenAnswers() {
    return Stream.of(
        Arguments.of("reset before the answer", Answer.reset()),
        Arguments.of("reset in a 200", Answer.resetAfter(200, JSON, BODY.substring(0, 40))),
        Arguments.of("reset in a 201", Answer.resetAfter(201, JSON, "")),
        Arguments.of("reset in a refusal", Answer.resetAfter(412, JSON, ERROR.substring(0, 9))),
        Arguments.of("closed before the answer", new Answer("", false)),
        Arguments.of("closed in the status", new Answer("HTTP/1.1 20", false)),
        Arguments.of("truncated 200", Answer.truncated(200, JSON, BODY.substring(0, 40))),
        Arguments.of("truncated 202", Answer.truncated(202, JSON, "")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenAnswers")
  void answerBreaksOff_theEffectIsUnknownAndItIsSentOnce(String name, Answer answer) {
    Outcome outcome = updateAnswered(answer);

    assertThat(outcome.fault().kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(outcome.puts()).isEqualTo(1);
  }

  /** The body of a success says nothing that the next look at the cluster doesn't. */
  @ParameterizedTest
  @ValueSource(strings = {"", "<html>proxy</html>", "[]", "{\"id\":", "null"})
  void successWithAnotherBody_isFollowedByTheCluster(String body) {
    for (int status : new int[] {200, 201, 202}) {
      Outcome outcome = updateAnswered(Answer.of(status, JSON, body));

      assertThat(outcome.address()).startsWith("https://management.azure.com" + ID + "?");
      assertThat(outcome.puts()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "405, REJECTED",
    "410, REJECTED",
    "413, REJECTED",
    "415, REJECTED",
    "416, REJECTED",
    "431, REJECTED"
  })
  void read_isClassifiedToo(int status, Kind kind) {
    Outcome outcome = update(asked -> Answer.of(status, JSON, ERROR));

    assertThat(outcome.fault().kind()).isEqualTo(kind);
    assertThat(outcome.fault()).hasMessageContaining("read the cluster");
    assertThat(outcome.puts()).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenReads")
  void readBreaksOff_isUnreachableAndNothingIsSent(String name, Answer answer) {
    Outcome outcome = update(asked -> answer);

    assertThat(outcome.fault().kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(outcome.puts()).isZero();
  }

  static Stream<Arguments> brokenReads() {
    return Stream.of(
        Arguments.of("reset before the answer", Answer.reset()),
        Arguments.of("reset in it", Answer.resetAfter(200, JSON, BODY.substring(0, 40))),
        Arguments.of("truncated", Answer.truncated(200, JSON, BODY)));
  }

  private static Outcome updateAnswered(Answer toThePut) {
    return update(asked -> asked.method().equals("PUT") ? toThePut : Answer.of(200, JSON, BODY));
  }

  private static Outcome update(Function<Asked, Answer> answers) {
    try (RawHttp server = new RawHttp(answers)) {
      ArmClusters clusters = open(server.url());
      @Nullable String[] address = {null};
      OutsideFault fault =
          catchThrowableOfType(
              OutsideFault.class,
              () ->
                  address[0] =
                      clusters.updateKms(
                          ClusterName.ofArmId(ID), KmsSettings.of(FROM), KmsSettings.of(TO), "e"));
      long puts = server.asked().stream().filter(each -> each.method().equals("PUT")).count();
      return new Outcome(address[0], fault, puts);
    }
  }

  private static ArmClusters open(String base) {
    return ArmClusters.open(
        List.of(ID),
        Cloud.PUBLIC,
        request -> Mono.just(new AccessToken("token", OffsetDateTime.now().plusHours(1))),
        new RedirectedTransport(
            HttpClient.createDefault(), Destinations.none().with("management.azure.com", base)),
        "rekey-test",
        ArmOverHttp.WITHOUT_DELAY,
        waited -> {});
  }
}
