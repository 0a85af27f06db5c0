package dev.rekey.kubernetes;

import static dev.rekey.kubernetes.Fixtures.CANARY;
import static dev.rekey.kubernetes.Fixtures.connect;
import static dev.rekey.kubernetes.Fixtures.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rekey.kubernetes.StubApiServer.Answer;
import dev.rekey.kubernetes.StubApiServer.Received;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideFault.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class OkHttpApiServersTest {

  private static OutsideFault fault(Function<Received, Answer> answers, Consumer<ApiServers> call) {
    try (StubApiServer server = new StubApiServer(answers);
        ApiServers apiServers = connect(server)) {
      return catchThrowableOfType(OutsideFault.class, () -> call.accept(apiServers));
    }
  }

  private static OutsideFault listFault(Answer answer) {
    return fault(request -> answer, apiServers -> apiServers.listSecrets("a", null));
  }

  @Test
  void pagesOfSecretsAreAskedForAsNamesAndNothingElse() {
    try (StubApiServer server =
            new StubApiServer(request -> Answer.of(200, text("secrets-page.json")));
        ApiServers apiServers = connect(server)) {
      assertThat(apiServers.listSecrets("a", null).items()).hasSize(2);
      apiServers.listSecrets("a", "t+/= &");

      assertThat(server.received()).extracting(Received::method).containsOnly("GET");
      assertThat(server.received().get(0).uri())
          .isEqualTo("/api/v1/namespaces/a/secrets?limit=500&includeObject=None");
      assertThat(server.received().get(1).uri())
          .isEqualTo(
              "/api/v1/namespaces/a/secrets?limit=500&continue=t%2B%2F%3D%20%26&includeObject=None");
      assertThat(server.received())
          .allSatisfy(
              request -> {
                assertThat(request.header("Accept"))
                    .isEqualTo("application/json;as=Table;g=meta.k8s.io;v=v1");
                assertThat(request.header("User-agent")).isEqualTo("rekey/test");
                assertThat(request.header("Authorization")).isEqualTo("Bearer token-1");
              });
    }
  }

  @Test
  void namespacesAndLeasesAreAskedForOnTheirPaths() {
    Function<Received, Answer> answers =
        request ->
            Answer.of(
                200,
                text(request.uri().contains("leases") ? "leases.json" : "namespaces-page.json"));
    try (StubApiServer server = new StubApiServer(answers);
        ApiServers apiServers = connect(server)) {
      assertThat(apiServers.listNamespaces(null).items()).contains("kube-system");
      assertThat(apiServers.leases()).hasSize(1);

      assertThat(server.received())
          .extracting(Received::uri)
          .containsExactly(
              "/api/v1/namespaces?limit=500&includeObject=None",
              "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases"
                  + "?labelSelector=apiserver.kubernetes.io%2Fidentity%3Dkube-apiserver",
              "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases"
                  + "?labelSelector=k8s.io%2Fcomponent%3Dkube-apiserver");
    }
  }

  @Test
  void anAddressWithAPathKeepsIt() {
    try (StubApiServer server =
            new StubApiServer(request -> Answer.of(200, text("secrets-page.json")));
        ApiServers apiServers = connect(server.url() + "/k8s/clusters/c-1/", Fixtures.SETTINGS)) {
      apiServers.listSecrets("a", null);

      assertThat(server.received().get(0).uri()).startsWith("/k8s/clusters/c-1/api/v1/");
    }
  }

  @Test
  void aNamespaceThatWouldLeadElsewhereIsNotAskedFor() {
    try (StubApiServer server =
            new StubApiServer(request -> Answer.of(200, text("secrets-page.json")));
        ApiServers apiServers = connect(server)) {
      for (String namespace : new String[] {"..", ".", ""}) {
        assertThat(
                catchThrowableOfType(
                        OutsideFault.class, () -> apiServers.listSecrets(namespace, null))
                    .kind())
            .isEqualTo(Kind.MALFORMED);
      }
      assertThat(server.received()).isEmpty();
    }
  }

  @Test
  void eachSampleComesOverAConnectionOfItsOwn() {
    try (StubApiServer server =
            new StubApiServer(request -> Answer.of(200, text("metrics-kms-v2.txt")));
        ApiServers apiServers = connect(server)) {
      for (int i = 0; i < 3; i++) {
        assertThat(apiServers.sample().reads()).hasSize(1);
      }

      assertThat(server.received()).extracting(Received::uri).containsOnly("/metrics");
      assertThat(server.received()).extracting(Received::fromPort).doesNotHaveDuplicates();
    }
  }

  @TestFactory
  List<DynamicTest> eachRefusalIsAFaultOfItsKind() {
    record Row(int code, String message, Kind kind, String says) {}
    return java.util.stream.Stream.of(
            new Row(401, "Unauthorized", Kind.UNAUTHENTICATED, "kubectl auth whoami"),
            new Row(
                403,
                "secrets is forbidden",
                Kind.FORBIDDEN,
                "kubectl auth can-i list secrets --namespace a"),
            new Row(404, "page not found", Kind.NOT_FOUND, "server"),
            new Row(400, "invalid continue token", Kind.REJECTED, "400"),
            new Row(406, "not acceptable", Kind.REJECTED, "406"),
            new Row(302, "", Kind.MALFORMED, "302"),
            new Row(409, "", Kind.CONFLICT, "409"),
            new Row(412, "", Kind.CHANGED_MEANWHILE, "412"),
            new Row(429, "storage is (re)initializing", Kind.BUSY, "re-initialising"),
            new Row(429, "", Kind.BUSY, "fewer"),
            new Row(503, "", Kind.BUSY, "503"),
            new Row(504, "", Kind.BUSY, "504"),
            new Row(
                500,
                "unable to transform key \\\"/registry/secrets/a/b\\\": no matching prefix found",
                Kind.UNDECRYPTABLE,
                "decrypted"),
            new Row(500, "etcdserver: leader changed", Kind.BROKEN, "500"),
            new Row(502, "", Kind.BROKEN, "502"))
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.code + " " + row.message + " => " + row.kind,
                    () -> {
                      String body =
                          "{\"kind\":\"Status\",\"message\":\""
                              + row.message
                              + " "
                              + CANARY
                              + "\"}";
                      OutsideFault fault = listFault(Answer.of(row.code, body));
                      assertThat(fault.kind()).isEqualTo(row.kind);
                      assertThat(fault)
                          .hasMessageContaining(row.says)
                          .hasMessageContaining("127.0.0.1:");
                      assertThat(fault.toString()).doesNotContain(CANARY).doesNotContain("token-1");
                    }))
        .toList();
  }

  @Test
  void anExpiredTokenBringsTheOneToGoOnWith() {
    OutsideFault fault = listFault(Answer.of(410, text("list-410.json")));

    assertThat(fault.kind()).isEqualTo(Kind.EXPIRED_CONTINUE);
    assertThat(fault.freshContinue()).startsWith("eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6LTEs");
    assertThat(listFault(Answer.of(410, "gone")).freshContinue()).isNull();
  }

  @Test
  void theServersWishToWaitComesAlong() {
    assertThat(listFault(Answer.of(429, "{}").with("Retry-After", "2")).retryAfter())
        .isEqualTo(Duration.ofSeconds(2));
  }

  /** OkHttp would send such a request again by itself. */
  @Test
  void a503WithRetryAfterZeroIsAskedOnce() {
    try (StubApiServer server =
            new StubApiServer(request -> Answer.of(503, "{}").with("Retry-After", "0"));
        ApiServers apiServers = connect(server)) {
      OutsideFault fault =
          catchThrowableOfType(OutsideFault.class, () -> apiServers.listSecrets("a", null));

      assertThat(fault.retryAfter()).isEqualTo(Duration.ZERO);
      assertThat(server.received()).hasSize(1);
    }
  }

  @Test
  void aRightThatLacksIsNamedForEachCall() {
    Answer no = Answer.of(403, "{}");
    assertThat(fault(r -> no, a -> a.listSecrets("ns", null)))
        .hasMessageContaining("can-i list secrets --namespace ns");
    assertThat(fault(r -> no, a -> a.listNamespaces(null)))
        .hasMessageContaining("can-i list namespaces");
    assertThat(fault(r -> no, ApiServers::leases))
        .hasMessageContaining("can-i list leases.coordination.k8s.io --namespace kube-system");
    assertThat(fault(r -> no, ApiServers::sample)).hasMessageContaining("can-i get /metrics");
  }

  @Test
  void aBodyThatBreaksOffIsMalformed() {
    String page = text("secrets-page.json");
    Answer cut = Answer.of(200, page.substring(0, 900));
    assertThat(listFault(cut).kind()).isEqualTo(Kind.MALFORMED);
    assertThat(listFault(cut.promising(1000)).kind()).isEqualTo(Kind.MALFORMED);
    assertThat(listFault(Answer.of(200, page).promising(5)).kind()).isEqualTo(Kind.MALFORMED);
    assertThat(listFault(Answer.of(200, "<html>" + CANARY + "</html>")))
        .hasMessageNotContaining(CANARY)
        .extracting(OutsideFault::kind)
        .isEqualTo(Kind.MALFORMED);
  }

  @Test
  void wholeSecretsAreRefused() {
    OutsideFault fault =
        listFault(
            Answer.of(
                200,
                "{\"kind\":\"SecretList\",\"metadata\":{},\"items\":[{\"data\":\""
                    + CANARY
                    + "\"}]}"));

    assertThat(fault.kind()).isEqualTo(Kind.MALFORMED);
    assertThat(fault).hasMessageNotContaining(CANARY);
  }

  @Test
  void nobodyThereIsUnreachableAndTheHostIsNamed() {
    String url;
    try (StubApiServer server = new StubApiServer(request -> Answer.of(200, "{}"))) {
      url = server.url();
    }
    try (ApiServers apiServers = connect(url, Fixtures.SETTINGS)) {
      OutsideFault fault =
          catchThrowableOfType(OutsideFault.class, () -> apiServers.listSecrets("a", null));
      assertThat(fault.kind()).isEqualTo(Kind.UNREACHABLE);
      assertThat(fault)
          .hasMessageContaining(url.substring("https://".length()))
          .hasMessageContaining("takes no connection");
    }
    try (ApiServers apiServers = connect("https://no-such-host.invalid", Fixtures.SETTINGS)) {
      OutsideFault fault = catchThrowableOfType(OutsideFault.class, apiServers::leases);
      assertThat(fault.kind()).isEqualTo(Kind.UNREACHABLE);
      assertThat(fault).hasMessageContaining("no-such-host.invalid");
    }
  }

  @Test
  void silenceIsTimedOut() {
    CountDownLatch never = new CountDownLatch(1);
    ConnectionSettings impatient =
        new ConnectionSettings(
            Duration.ofSeconds(5),
            Duration.ofMillis(200),
            Duration.ofMillis(200),
            Duration.ofMillis(200),
            "rekey/test");
    try (StubApiServer server =
            new StubApiServer(
                request -> {
                  await(never);
                  return Answer.of(200, "{}");
                });
        ApiServers apiServers = connect(server.url(), impatient)) {
      assertThat(
              catchThrowableOfType(OutsideFault.class, () -> apiServers.listSecrets("a", null))
                  .kind())
          .isEqualTo(Kind.TIMED_OUT);
      assertThat(catchThrowableOfType(OutsideFault.class, apiServers::sample).kind())
          .isEqualTo(Kind.TIMED_OUT);
      never.countDown();
    }
  }

  static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
