package dev.rekey.kubernetes;

import static dev.rekey.kubernetes.Fixtures.CANARY;
import static dev.rekey.kubernetes.Fixtures.connect;
import static dev.rekey.kubernetes.Fixtures.patched;
import static dev.rekey.kubernetes.Fixtures.secret;
import static dev.rekey.kubernetes.Fixtures.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.kubernetes.StubApiServer.Answer;
import dev.rekey.kubernetes.StubApiServer.Received;
import dev.rekey.reencryption.BusyCause;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.Look;
import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.reencryption.PatchMode;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.PatchLane;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class OkHttpPatchLaneTest {
  private static final Answer PATCHED = Answer.of(200, patched("a"));

  private static Answer patchedAsAsked(Received request) {
    return Answer.of(200, patched(request.uri().replaceAll(".*/|[?].*", "")));
  }

  private static Instant soon() {
    return Instant.now().plusSeconds(20);
  }

  private static Look one(Function<Received, Answer> answers, SecretRef secret) {
    try (StubApiServer server = new StubApiServer(answers);
        ApiServers apiServers = connect(server);
        PatchLane lane = apiServers.openLane(PatchMode.APPLY)) {
      lane.submit(secret);
      return lane.take(soon());
    }
  }

  @Test
  void anEmptyPatchIsExactlyThat() {
    try (StubApiServer server = new StubApiServer(OkHttpPatchLaneTest::patchedAsAsked);
        ApiServers apiServers = connect(server);
        PatchLane apply = apiServers.openLane(PatchMode.APPLY);
        PatchLane dryRun = apiServers.openLane(PatchMode.DRY_RUN)) {
      apply.submit(secret("a.b-c"));
      assertThat(apply.take(soon()).answer()).isEqualTo(new PatchAnswer.Patched("203"));
      dryRun.submit(secret("a"));
      assertThat(dryRun.take(soon()).secret()).isEqualTo(secret("a"));

      Received first = server.received().get(0);
      assertThat(first.method()).isEqualTo("PATCH");
      assertThat(first.uri())
          .isEqualTo(
              "/api/v1/namespaces/default/secrets/a.b-c?fieldManager=rekey&includeObject=None");
      assertThat(first.body()).isEqualTo("{}");
      assertThat(first.header("Content-type")).isEqualTo("application/merge-patch+json");
      assertThat(first.header("Accept")).isEqualTo("application/json;as=Table;g=meta.k8s.io;v=v1");
      assertThat(first.header("User-agent")).isEqualTo("rekey/test");
      assertThat(first.header("Authorization")).isEqualTo("Bearer token-1");
      assertThat(server.received().get(1).uri())
          .isEqualTo(
              "/api/v1/namespaces/default/secrets/a?fieldManager=rekey&dryRun=All&includeObject=None");
    }
  }

  @Test
  void namesStaySegmentsWhateverTheyHold() {
    try (StubApiServer server = new StubApiServer(request -> PATCHED);
        ApiServers apiServers = connect(server);
        PatchLane lane = apiServers.openLane(PatchMode.APPLY)) {
      lane.submit(new SecretRef("a/../b", "x?dryRun=All&y#z%2e é", "1"));
      lane.take(soon());

      assertThat(server.received().get(0).uri())
          .isEqualTo(
              "/api/v1/namespaces/a%2F..%2Fb/secrets/x%3FdryRun=All&y%23z%252e%20%C3%A9?fieldManager=rekey&includeObject=None");
    }
  }

  @Test
  void aNameThatWouldLeadElsewhereIsNotSent() {
    try (StubApiServer server = new StubApiServer(request -> PATCHED);
        ApiServers apiServers = connect(server);
        PatchLane lane = apiServers.openLane(PatchMode.APPLY)) {
      for (String name : new String[] {"..", ".", ""}) {
        lane.submit(secret(name));
        assertThat(lane.take(soon()).answer())
            .isEqualTo(new PatchAnswer.Refused(ExceptionReason.REJECTED, null));
      }
      assertThat(server.received()).isEmpty();
    }
  }

  @Test
  void manyAreInFlightAtOnceAndEachGetsOneLook() {
    int many = 100;
    CountDownLatch allArrived = new CountDownLatch(many);
    try (StubApiServer server =
            new StubApiServer(
                request -> {
                  allArrived.countDown();
                  OkHttpApiServersTest.await(allArrived);
                  return PATCHED;
                });
        ApiServers apiServers = connect(server);
        PatchLane lane = apiServers.openLane(PatchMode.APPLY)) {
      Set<SecretRef> expected = new HashSet<>();
      for (int i = 0; i < many; i++) {
        SecretRef secret = secret("s" + i);
        expected.add(secret);
        lane.submit(secret);
      }
      for (int i = 0; i < many; i++) {
        assertThat(expected.remove(lane.take(soon()).secret())).isTrue();
      }
      assertThat(expected).isEmpty();
    }
  }

  @Test
  void aNewLaneGoesOnOverTheConnectionsOfTheOneBefore() {
    try (StubApiServer server = new StubApiServer(request -> PATCHED);
        ApiServers apiServers = connect(server)) {
      for (int i = 0; i < 2; i++) {
        try (PatchLane lane = apiServers.openLane(PatchMode.APPLY)) {
          lane.submit(secret("a"));
          lane.take(soon());
          lane.submit(secret("b"));
          lane.take(soon());
        }
      }
      assertThat(server.received())
          .hasSize(4)
          .extracting(Received::fromPort)
          .containsOnly(server.received().get(0).fromPort());
    }
  }

  @Test
  void whateverHappensToOneSecretIsItsLook() {
    assertThat(one(request -> Answer.of(429, "{}").with("Retry-After", "3"), secret("a")).answer())
        .isEqualTo(new PatchAnswer.Busy(BusyCause.THROTTLED, Duration.ofSeconds(3)));
    assertThat(one(request -> Answer.of(404, text("patch-404.json")), secret("nope")).answer())
        .isEqualTo(new PatchAnswer.Gone());
    assertThat(one(request -> PATCHED.promising(3), secret("a")).answer())
        .isInstanceOfAny(PatchAnswer.Patched.class, PatchAnswer.Busy.class);
    assertThat(
            one(request -> Answer.of(200, PATCHED.body().substring(0, 300)), secret("a")).answer())
        .isEqualTo(new PatchAnswer.Busy(BusyCause.CONNECTION_LOST, null));
    assertThat(one(request -> Answer.of(200, ""), secret("a")).answer())
        .isEqualTo(new PatchAnswer.Busy(BusyCause.CONNECTION_LOST, null));
  }

  @Test
  void aWholeSecretInsteadOfItsNameIsRefusedAndForgotten() {
    String whole =
        "{\"kind\":\"Secret\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"5\"},\"data\":{\"p\":\""
            + CANARY
            + "\"}}";

    Look look = one(request -> Answer.of(200, whole), secret("a"));

    assertThat(look.answer()).isEqualTo(new PatchAnswer.Refused(ExceptionReason.REJECTED, null));
    assertThat(look.toString()).doesNotContain(CANARY);
  }

  @Test
  void theServersTextNeverComesOut() {
    String denial =
        "{\"kind\":\"Status\",\"message\":\"admission webhook \\\""
            + CANARY
            + "\\\" denied the request: "
            + CANARY
            + "\",\"code\":403}";

    assertThat(one(request -> Answer.of(403, denial), secret("a")).toString())
        .doesNotContain(CANARY);
  }

  @Test
  void nobodyThereIsALookToo() {
    String url;
    try (StubApiServer server = new StubApiServer(request -> PATCHED)) {
      url = server.url();
    }
    try (ApiServers apiServers = connect(url, Fixtures.SETTINGS);
        PatchLane lane = apiServers.openLane(PatchMode.APPLY)) {
      lane.submit(secret("a"));
      assertThat(lane.take(soon()).answer())
          .isEqualTo(new PatchAnswer.Busy(BusyCause.CONNECTION_LOST, null));
    }
  }

  @Test
  void silenceIsATimeOut() {
    CountDownLatch never = new CountDownLatch(1);
    ConnectionSettings impatient =
        new ConnectionSettings(
            Duration.ofSeconds(5),
            Duration.ofMillis(200),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            "rekey/test");
    try (StubApiServer server =
            new StubApiServer(
                request -> {
                  OkHttpApiServersTest.await(never);
                  return PATCHED;
                });
        ApiServers apiServers = connect(server.url(), impatient);
        PatchLane lane = apiServers.openLane(PatchMode.APPLY)) {
      lane.submit(secret("a"));
      Look look = lane.take(soon());
      never.countDown();
      assertThat(look.answer()).isEqualTo(new PatchAnswer.Busy(BusyCause.TIMED_OUT, null));
      assertThat(look.took()).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }
  }

  @Test
  void withNothingInFlightTakeIsAPlainWait() {
    try (ApiServers apiServers = connect("https://127.0.0.1:1", Fixtures.SETTINGS);
        PatchLane lane = apiServers.openLane(PatchMode.APPLY)) {
      Instant start = Instant.now();
      assertThat(lane.take(start.plusMillis(50))).isNull();
      assertThat(Instant.now()).isAfterOrEqualTo(start.plusMillis(50));
      assertThat(lane.take(start.minusSeconds(9))).isNull();
    }
  }

  @Test
  void anInterruptedWaitSaysSoAndStaysInterrupted() {
    try (ApiServers apiServers = connect("https://127.0.0.1:1", Fixtures.SETTINGS);
        PatchLane lane = apiServers.openLane(PatchMode.APPLY)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> lane.take(Instant.MAX)).isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void aClosedLaneTakesNoMore() {
    try (ApiServers apiServers = connect("https://127.0.0.1:1", Fixtures.SETTINGS)) {
      PatchLane lane = apiServers.openLane(PatchMode.APPLY);
      lane.close();
      assertThatThrownBy(() -> lane.submit(secret("a"))).isInstanceOf(IllegalStateException.class);
    }
  }
}
