package dev.rekey.keyvault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.credential.AccessToken;
import com.azure.core.http.HttpClient;
import dev.rekey.key.Cloud;
import dev.rekey.key.VaultKey;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideFault.Kind;
import dev.rekey.service.port.OutsideSystem;
import dev.rekey.storage.RawHttp;
import dev.rekey.storage.RawHttp.Answer;
import dev.rekey.testbed.transport.Destinations;
import dev.rekey.testbed.transport.RedirectedTransport;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Whatever a vault answers to each of the three calls, through Azure's own client over HTTP. */
class VaultStatusTest {
  private static final VaultKey KEY = new VaultKey("example.vault.azure.net", "etcd");
  private static final String QUOTED = "what nobody should quote";
  private static final String ERROR =
      "{\"error\":{\"code\":\"SomeCode\",\"message\":\"" + QUOTED + "\"}}";
  private static final String JSON = "application/json";
  private static final String UNKNOWN = "whether a version was made is unknown";

  /** What the port says of a rotation that made no version. */
  private static final Set<Kind> NOT_MADE =
      EnumSet.of(Kind.FORBIDDEN, Kind.UNAUTHENTICATED, Kind.NOT_FOUND, Kind.BUSY);

  /** A call's fault, and how often it was sent with a token. */
  private record Outcome(@Nullable OutsideFault fault, long sent) {}

  @ParameterizedTest
  @CsvSource({
    "302, MALFORMED",
    "400, REJECTED",
    "401, UNAUTHENTICATED",
    "403, FORBIDDEN",
    "404, NOT_FOUND",
    "405, REJECTED",
    "408, TIMED_OUT",
    "409, CONFLICT",
    "410, REJECTED",
    "412, CHANGED_MEANWHILE",
    "413, REJECTED",
    "415, REJECTED",
    "422, REJECTED",
    "429, BUSY",
    "500, BROKEN",
    "501, BROKEN",
    "502, BROKEN",
    "503, BUSY",
    "504, BUSY"
  })
  void readIsAnswered_itsStatusDecidesTheKind(int status, Kind kind) {
    // Any wish to wait is told, never slept through: so no row takes the time of a second try.
    Answer answer = Answer.of(status, JSON, ERROR).with("Retry-After", "7");
    for (Consumer<KeyVaultKeys> read : READS) {
      Outcome outcome = call(answer, read);

      assertThat(outcome.fault().kind()).isEqualTo(kind);
      assertThat(outcome.fault().retryAfter())
          .isEqualTo(kind == Kind.BUSY ? Duration.ofSeconds(7) : null);
      assertIsOurs(outcome.fault());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "302, MALFORMED",
    "400, REJECTED",
    "401, UNAUTHENTICATED",
    "403, FORBIDDEN",
    "404, NOT_FOUND",
    "405, REJECTED",
    "408, TIMED_OUT",
    "409, CONFLICT",
    "410, REJECTED",
    "412, CHANGED_MEANWHILE",
    "413, REJECTED",
    "415, REJECTED",
    "422, REJECTED",
    "429, BUSY",
    "500, BROKEN",
    "501, BROKEN",
    "502, BROKEN",
    "503, BROKEN",
    "504, BROKEN"
  })
  void rotationIsAnswered_itIsSentOnceAndUnknownWhereItMayHaveTakenEffect(int status, Kind kind) {
    Outcome outcome = call(Answer.of(status, JSON, ERROR), keys -> keys.rotate(KEY));

    assertThat(outcome.sent()).isEqualTo(1);
    assertThat(outcome.fault().kind()).isEqualTo(kind);
    boolean mayHaveMadeOne = status < 400 || status == 408 || status >= 500;
    assertThat(outcome.fault().getMessage().contains(UNKNOWN)).isEqualTo(mayHaveMadeOne);
    assertThat(mayHaveMadeOne && NOT_MADE.contains(kind)).isFalse();
    assertIsOurs(outcome.fault());
  }

  /** The client asks for another token at most, as it does when the vault's tenant has changed. */
  @ParameterizedTest
  @ValueSource(strings = {"another", "t"})
  void tokenIsRefusedAfterTheChallenge_isUnauthenticatedAndNoVersionIsMade(String tenant) {
    String challenge =
        "Bearer authorization=\"https://login.microsoftonline.com/"
            + tenant
            + "\", resource=\"https://vault.azure.net\"";
    Answer answer = Answer.of(401, JSON, ERROR).with("WWW-Authenticate", challenge);

    Outcome rotation = call(answer, keys -> keys.rotate(KEY));

    assertThat(rotation.fault().kind()).isEqualTo(Kind.UNAUTHENTICATED);
    assertThat(rotation.sent()).isBetween(1L, 2L);
    assertThat(call(answer, keys -> keys.versions(KEY)).fault().kind())
        .isEqualTo(Kind.UNAUTHENTICATED);
  }

  static Stream<Arguments> brokenAnswers() {
    return Stream.of(
        Arguments.of("reset before the answer", Answer.reset()),
        Arguments.of("reset in a success", Answer.resetAfter(200, JSON, "{\"key\":{")),
        Arguments.of("closed before the answer", new Answer("", false)),
        Arguments.of("closed in the status", new Answer("HTTP/1.1 20", false)),
        Arguments.of("truncated", Answer.truncated(200, JSON, "{\"key\":{")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenAnswers")
  void answerBreaksOff_isUnreachableAndARotationIsSentOnce(String name, Answer answer) {
    Outcome rotation = call(answer, keys -> keys.rotate(KEY));

    assertThat(rotation.sent()).isEqualTo(1);
    assertThat(rotation.fault().kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(rotation.fault()).hasMessageContaining(UNKNOWN);
    assertThat(call(answer, keys -> keys.rotationPolicy(KEY)).fault().kind())
        .isEqualTo(Kind.UNREACHABLE);
  }

  /** Whole answers of success that hold something else. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>" + QUOTED + "</html>",
        "{\"key\":{\"kid\":\"" + QUOTED,
        "[]",
        "\"" + QUOTED + "\"",
        "7",
        "{\"key\":7,\"value\":7,\"lifetimeActions\":7}"
      })
  void successHoldsSomethingElse_isNotUnderstoodAndARotationIsUnknown(String body) {
    for (int status : new int[] {200, 202}) {
      Answer answer = Answer.of(status, JSON, body);
      Outcome rotation = call(answer, keys -> keys.rotate(KEY));

      assertThat(rotation.sent()).isEqualTo(1);
      assertThat(rotation.fault().kind()).isEqualTo(Kind.MALFORMED);
      assertThat(rotation.fault()).hasMessageContaining(UNKNOWN);
      assertIsOurs(rotation.fault());
      for (Consumer<KeyVaultKeys> read : READS) {
        OutsideFault fault = call(answer, read).fault();
        assertThat(fault.kind()).isEqualTo(Kind.MALFORMED);
        assertIsOurs(fault);
      }
    }
  }

  private static final List<Consumer<KeyVaultKeys>> READS =
      List.of(keys -> keys.versions(KEY), keys -> keys.rotationPolicy(KEY));

  private static void assertIsOurs(OutsideFault fault) {
    assertThat(fault.system()).isEqualTo(OutsideSystem.VAULT);
    assertThat(fault)
        .hasMessageContaining(KEY.vaultHost())
        .hasMessageNotContaining(QUOTED)
        .hasNoCause();
  }

  private static Outcome call(Answer answer, Consumer<KeyVaultKeys> call) {
    Answer challenge =
        Answer.of(401, JSON, "{}")
            .with(
                "WWW-Authenticate",
                "Bearer authorization=\"https://login.microsoftonline.com/t\","
                    + " resource=\"https://vault.azure.net\"");
    try (RawHttp server = new RawHttp(asked -> asked.has("Authorization") ? answer : challenge)) {
      KeyVaultKeys keys = open(server.url());
      OutsideFault fault = catchThrowableOfType(OutsideFault.class, () -> call.accept(keys));
      long sent = server.asked().stream().filter(each -> each.has("Authorization")).count();
      return new Outcome(fault, sent);
    }
  }

  private static KeyVaultKeys open(String base) {
    return KeyVaultKeys.open(
        request -> Mono.just(new AccessToken("token", OffsetDateTime.now().plusHours(1))),
        new RedirectedTransport(
            HttpClient.createDefault(), Destinations.none().with(".vault.azure.net", base)),
        Cloud.PUBLIC,
        "rekey-test");
  }
}
