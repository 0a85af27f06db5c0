package dev.rekey.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.fleet.WaveRelease;
import dev.rekey.operation.Example;
import dev.rekey.service.ReleaseAnswer;
import dev.rekey.service.ReleaseAnswer.Cause;
import dev.rekey.service.ReleaseRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseWaveRouteTest {
  private static final String BODY = "{\"reason\":\"known to be slow\"}";

  private final List<ReleaseRequest> asked = new ArrayList<>();
  private ReleaseAnswer says =
      new ReleaseAnswer.Released(
          Example.key(2).key(),
          new WaveRelease(Example.key(2), 1, "ana@example.org", "known", Example.NOW, "k1"));

  @ParameterizedTest
  @ValueSource(strings = {"Rekey.Operator", "Rekey.Approver"})
  void whoMayBeginOrApprove_mayRelease(String role) {
    WebResponse answer = post("example.etcd", of(role).body(BODY));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(asked)
        .containsExactly(
            new ReleaseRequest(
                "example.etcd", null, null, "ana@example.org", "known to be slow", "k1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Rekey.Reader", "rekey.operator", "Owner"})
  void whoHoldsAnotherRole_mayNot(String role) {
    WebResponse answer = post("example.etcd", of(role).body(BODY));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(Documents.reason(answer)).isEqualTo("role-missing");
    assertThat(Documents.of(answer).path("detail").asText())
        .contains("Rekey.Operator or Rekey.Approver");
    assertThat(asked).isEmpty();
  }

  @Test
  void whoHasNotSignedIn_mayNot() {
    WebResponse answer =
        post("example.etcd", Requests.inOrder().without(Principal.HEADER).body(BODY));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(asked).isEmpty();
  }

  @Test
  void fromAPageOfAnotherOrigin_isRefused() {
    Requests request = Requests.inOrder().body(BODY).header("origin", "https://evil.example");

    assertThat(Documents.reason(post("example.etcd", request))).isEqualTo("other-origin");
    assertThat(asked).isEmpty();
  }

  @Test
  void versionAndWave_areHandedOn() {
    String body = "{\"reason\":\"known\",\"version\":\"6ea51692\",\"wave\":2}";

    WebResponse answer = post("Example.Etcd", Requests.inOrder().body(body));

    assertThat(asked)
        .containsExactly(
            new ReleaseRequest("example.etcd", "6ea51692", 2, "ana@example.org", "known", "k1"));
    JsonNode json = Documents.of(answer);
    assertThat(json.path("key").asText()).isEqualTo("example.etcd");
    assertThat(json.path("keyId").asText()).isEqualTo(Example.key(2).url());
    assertThat(json.path("wave").asInt()).isEqualTo(1);
    assertThat(json.path("actor").asText()).isEqualTo("ana@example.org");
    assertThat(json.path("at").asText()).isEqualTo(Example.NOW.toString());
  }

  @Test
  void everythingIsWrong_allOfItIsNamedAtOnce() {
    String body = "{\"version\":\"https://x\",\"wave\":-1,\"force\":true}";

    WebResponse answer = post("etcd", Requests.inOrder().without("idempotency-key").body(body));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(Documents.members(answer))
        .containsExactlyInAnyOrder(
            "key", "Idempotency-Key", "reason", "version", "wave", "(a member)");
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "example", "a.b.c", "example.vault.azure.net.etcd", "../x.y", "a b.c"})
  void noNameOfAKey_isSaid(String key) {
    assertThat(Documents.members(post(key, Requests.inOrder().body(BODY)))).containsExactly("key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1\"", "1.5", "null", "10000", "true"})
  void noNumberOfAWave_isSaid(String wave) {
    String body = "{\"reason\":\"known\",\"wave\":" + wave + "}";

    assertThat(Documents.members(post("example.etcd", Requests.inOrder().body(body))))
        .containsExactly("wave");
  }

  @ParameterizedTest
  @CsvSource({
    "UNKNOWN_KEY, 404, unknown-key",
    "UNKNOWN_VERSION, 409, unknown-version",
    "NOTHING_TO_RELEASE, 409, nothing-to-release",
    "REQUEST_KEY_REUSED, 409, request-key-reused"
  })
  void declined_saysWhyAndWhatToDo(Cause cause, int status, String token) {
    says = new ReleaseAnswer.Declined(cause);

    WebResponse answer = post("example.etcd", Requests.inOrder().body(BODY));

    assertThat(answer.status()).isEqualTo(status);
    assertThat(Documents.reason(answer)).isEqualTo(token);
    assertThat(Documents.of(answer).path("remedy").asText()).isNotBlank();
  }

  private static Requests of(String role) {
    return Requests.inOrder()
        .header(
            Principal.HEADER,
            Requests.principal(
                Requests.claim("aud", Requests.AUDIENCE),
                Requests.claim("iss", Requests.ISSUER),
                Requests.claim("roles", role),
                Requests.claim("preferred_username", "ana@example.org")));
  }

  private WebResponse post(String key, Requests request) {
    ReleaseWaveRoute route =
        new ReleaseWaveRoute(
            wish -> {
              asked.add(wish);
              return says;
            },
            Requests.TRUSTED);
    return Answers.of(route, request.made(Map.of("key", key)));
  }
}
