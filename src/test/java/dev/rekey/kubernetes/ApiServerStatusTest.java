package dev.rekey.kubernetes;

import static dev.rekey.kubernetes.Fixtures.CANARY;
import static dev.rekey.kubernetes.Fixtures.connect;
import static dev.rekey.kubernetes.Fixtures.patched;
import static dev.rekey.kubernetes.Fixtures.secret;
import static dev.rekey.kubernetes.Fixtures.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rekey.reencryption.BusyCause;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.reencryption.PatchAnswer.Busy;
import dev.rekey.reencryption.PatchAnswer.Refused;
import dev.rekey.reencryption.PatchMode;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideFault.Kind;
import dev.rekey.service.port.PatchLane;
import dev.rekey.storage.RawHttp;
import dev.rekey.storage.RawHttp.Answer;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an API server, or what stands before it, answers to a list and to a patch, over TLS. */
class ApiServerStatusTest {
  private static final String JSON = "application/json";
  private static final String STATUS =
      "{\"kind\":\"Status\",\"metadata\":{},\"message\":\"" + CANARY + "\"}";

  /** In the order of the port: pages of both kinds, leases, metrics. */
  private static final List<Consumer<ApiServers>> READS =
      List.of(
          servers -> servers.listSecrets("a", null),
          servers -> servers.listNamespaces(null),
          ApiServers::leases,
          ApiServers::sample);

  @ParameterizedTest
  @CsvSource({
    "204, MALFORMED",
    "302, MALFORMED",
    "307, MALFORMED",
    "400, REJECTED",
    "401, UNAUTHENTICATED",
    "403, FORBIDDEN",
    "404, NOT_FOUND",
    "405, REJECTED",
    "406, REJECTED",
    "408, TIMED_OUT",
    "409, CONFLICT",
    "410, EXPIRED_CONTINUE",
    "412, CHANGED_MEANWHILE",
    "413, REJECTED",
    "415, REJECTED",
    "422, REJECTED",
    "429, BUSY",
    "431, REJECTED",
    "500, BROKEN",
    "501, BROKEN",
    "502, BROKEN",
    "503, BUSY",
    "504, BUSY"
  })
  void readIsAnswered_itsStatusDecidesTheKindAndItIsAskedOnce(int status, Kind kind) {
    Answer answer = Answer.of(status, JSON, status == 204 ? "" : STATUS);
    for (Consumer<ApiServers> read : READS) {
      try (RawHttp server = server(answer);
          ApiServers servers = connect(server.url(), Fixtures.SETTINGS)) {
        OutsideFault fault = fault(servers, read);

        assertThat(fault.kind()).isEqualTo(kind);
        assertThat(fault.toString()).contains("(" + status).doesNotContain(CANARY);
        assertThat(server.asked()).hasSize(1);
      }
    }
  }

  @Test
  void expiredToken_bringsAFreshOneOrNone() {
    assertThat(listFault(Answer.of(410, JSON, text("list-410.json"))).freshContinue()).isNotBlank();
    for (String without :
        List.of(
            "",
            "<html>gone</html>",
            STATUS,
            "{\"kind\":\"Status\",\"metadata\":{\"continue\":\"\"}}",
            "{\"kind\":\"Status\",\"metadata\":{\"continue\":7}}",
            "{\"kind\":\"Status\",\"metadata\":null}")) {
      OutsideFault fault = listFault(Answer.of(410, JSON, without));

      assertThat(fault.kind()).isEqualTo(Kind.EXPIRED_CONTINUE);
      assertThat(fault.freshContinue()).isNull();
    }
  }

  static Stream<Arguments> brokenLists() {
    String page = text("secrets-page.json");
    return Stream.of(
        Arguments.of("reset before the answer", Answer.reset(), Kind.UNREACHABLE),
        Arguments.of("closed before the answer", new Answer("", false), Kind.UNREACHABLE),
        Arguments.of("closed in the status", new Answer("HTTP/1.1 20", false), Kind.UNREACHABLE),
        Arguments.of("reset in its body", Answer.resetAfter(200, JSON, half(page)), null),
        Arguments.of("closed in its body", Answer.truncated(200, JSON, half(page)), null),
        Arguments.of("reset behind its end", Answer.resetAfter(200, JSON, page), null),
        Arguments.of("half a page", Answer.of(200, JSON, half(page)), Kind.MALFORMED),
        Arguments.of("a page of a proxy", Answer.of(200, JSON, "<html>"), Kind.MALFORMED),
        Arguments.of("nothing", Answer.of(200, JSON, ""), Kind.MALFORMED));
  }

  /**
   * A page that isn't whole is never a page. Whether the end of a body is a broken connection or a
   * short answer is the same to whoever asked: the list hasn't ended.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenLists")
  void listBreaksOff_isNeverAnEndedList(String name, Answer answer, @Nullable Kind kind) {
    OutsideFault fault = listFault(answer);

    assertThat(fault.kind())
        .isIn(kind == null ? List.of(Kind.UNREACHABLE, Kind.MALFORMED) : List.of(kind));
  }

  @Test
  void refusalBreaksOff_isNoAnswerOfItsStatus() {
    assertThat(listFault(Answer.resetAfter(410, JSON, "{\"kind\"")).kind())
        .isIn(Kind.UNREACHABLE, Kind.MALFORMED);
    assertThat(patch(Answer.resetAfter(404, JSON, half(text("patch-404.json")))))
        .isEqualTo(new Busy(BusyCause.CONNECTION_LOST, null));
  }

  @ParameterizedTest
  @CsvSource({
    "400, REJECTED",
    "403, FORBIDDEN",
    "405, REJECTED",
    "406, REJECTED",
    "410, REJECTED",
    "412, REJECTED",
    "413, REJECTED",
    "414, REJECTED",
    "415, REJECTED",
    "422, INVALID",
    "431, REJECTED"
  })
  void patchIsRefusedForGood_isAnException(int status, ExceptionReason reason) {
    assertThat(patch(Answer.of(status, JSON, STATUS))).isEqualTo(new Refused(reason, null));
  }

  @ParameterizedTest
  @CsvSource({
    "302, UNAVAILABLE",
    "401, UNAVAILABLE",
    "404, UNAVAILABLE",
    "408, TIMED_OUT",
    "409, UNAVAILABLE",
    "429, THROTTLED",
    "500, UNAVAILABLE",
    "501, UNAVAILABLE",
    "502, UNAVAILABLE",
    "503, UNAVAILABLE",
    "504, UNAVAILABLE"
  })
  void patchIsAnsweredInPassing_isTriedAgainByWhoeverSentIt(int status, BusyCause cause) {
    try (RawHttp server = server(Answer.of(status, JSON, STATUS));
        ApiServers servers = connect(server.url(), Fixtures.SETTINGS)) {
      assertThat(patch(servers)).isEqualTo(new Busy(cause, null));
      assertThat(server.asked()).hasSize(1);
    }
  }

  static Stream<Arguments> brokenPatches() {
    String whole = patched("a");
    return Stream.of(
        Arguments.of("reset before the answer", Answer.reset()),
        Arguments.of("closed before the answer", new Answer("", false)),
        Arguments.of("reset in its body", Answer.resetAfter(200, JSON, half(whole))),
        Arguments.of("closed in its body", Answer.truncated(200, JSON, half(whole))),
        Arguments.of("half an answer", Answer.of(200, JSON, half(whole))),
        Arguments.of("nothing", Answer.of(200, JSON, "")),
        Arguments.of("no content", Answer.of(204, JSON, "")));
  }

  /** The patch may have taken effect: it is looked at again, and counts as nothing until then. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenPatches")
  void patchAnswerBreaksOff_isUnknownAndSentOnce(String name, Answer answer) {
    try (RawHttp server = server(answer);
        ApiServers servers = connect(server.url(), Fixtures.SETTINGS)) {
      assertThat(patch(servers)).isEqualTo(new Busy(BusyCause.CONNECTION_LOST, null));
      assertThat(server.asked()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>CANARY-7f3a</html>", "CANARY-7f3a", "{\"kind\":CANARY-7f3a"})
  void patchAnswerIsNoJson_isUnknown(String garbage) {
    assertThat(patch(Answer.of(200, JSON, garbage)))
        .isEqualTo(new Busy(BusyCause.CONNECTION_LOST, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "7", "{}", "{\"kind\":\"Status\",\"status\":\"Success\"}"})
  void patchAnswerIsSomethingElse_isAnException(String json) {
    assertThat(patch(Answer.of(200, JSON, json)))
        .isEqualTo(new Refused(ExceptionReason.REJECTED, null));
  }

  private static OutsideFault listFault(Answer answer) {
    try (RawHttp server = server(answer);
        ApiServers servers = connect(server.url(), Fixtures.SETTINGS)) {
      return fault(servers, each -> each.listSecrets("a", null));
    }
  }

  private static OutsideFault fault(ApiServers servers, Consumer<ApiServers> call) {
    return catchThrowableOfType(OutsideFault.class, () -> call.accept(servers));
  }

  private static PatchAnswer patch(Answer answer) {
    try (RawHttp server = server(answer);
        ApiServers servers = connect(server.url(), Fixtures.SETTINGS)) {
      return patch(servers);
    }
  }

  private static PatchAnswer patch(ApiServers servers) {
    try (PatchLane lane = servers.openLane(PatchMode.APPLY)) {
      lane.submit(secret("a"));
      return lane.take(Instant.now().plusSeconds(20)).answer();
    }
  }

  private static RawHttp server(Answer answer) {
    try {
      return new RawHttp(asked -> answer, StubApiServer.context());
    } catch (GeneralSecurityException | IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static String half(String text) {
    return text.substring(0, text.length() / 2);
  }
}
