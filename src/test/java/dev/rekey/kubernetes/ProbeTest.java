package dev.rekey.kubernetes;

import static dev.rekey.kubernetes.Fixtures.connect;
import static dev.rekey.kubernetes.Fixtures.patched;
import static dev.rekey.kubernetes.Fixtures.secret;
import static dev.rekey.kubernetes.Fixtures.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rekey.kubernetes.StubApiServer.Answer;
import dev.rekey.kubernetes.StubApiServer.Received;
import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.reencryption.Probe;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideFault.Kind;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ProbeTest {
  private static Answer honest(Received request) {
    return Answer.of(
        200,
        request.uri().equals("/metrics")
            ? text("metrics-kms-v2.txt")
            : patched(request.uri().replaceAll(".*/|[?].*", "")));
  }

  private static Probe probe(StubApiServer server) {
    try (ApiServers apiServers = connect(server)) {
      return apiServers.probe(List.of(secret("a"), secret("b")));
    }
  }

  private static OutsideFault fault(Function<Received, Answer> answers) {
    try (StubApiServer server = new StubApiServer(answers)) {
      return catchThrowableOfType(OutsideFault.class, () -> probe(server));
    }
  }

  @Test
  void samplesAndRealPatchesGoOverOneConnectionInOrder() {
    try (StubApiServer server = new StubApiServer(ProbeTest::honest)) {
      Probe probe = probe(server);
      Probe another = probe(server);

      assertThat(probe.looks())
          .extracting(look -> look.answer())
          .containsOnly(new PatchAnswer.Patched("203"));
      assertThat(probe.looks())
          .extracting(look -> look.secret())
          .containsExactly(secret("a"), secret("b"));
      assertThat(another.before()).isEqualTo(probe.after());
      assertThat(server.received().subList(0, 4))
          .extracting(request -> request.method() + " " + request.uri())
          .containsExactly(
              "GET /metrics",
              "PATCH /api/v1/namespaces/default/secrets/a?fieldManager=rekey&includeObject=None",
              "PATCH /api/v1/namespaces/default/secrets/b?fieldManager=rekey&includeObject=None",
              "GET /metrics");
      assertThat(server.received().subList(0, 4))
          .extracting(Received::fromPort)
          .containsOnly(server.received().get(0).fromPort());
      assertThat(server.received().get(4).fromPort())
          .isNotEqualTo(server.received().get(0).fromPort());
    }
  }

  /**
   * The load balancer, or the server, ends the connection: the next could lead to another API
   * server.
   */
  @Test
  void aConnectionThatChangesInBetweenClaimsNothingAndSendsNoMore() {
    try (StubApiServer server =
        new StubApiServer(
            request ->
                request.uri().equals("/metrics")
                    ? honest(request).with("Connection", "close")
                    : honest(request))) {
      OutsideFault fault = catchThrowableOfType(OutsideFault.class, () -> probe(server));

      assertThat(fault.kind()).isEqualTo(Kind.UNREACHABLE);
      assertThat(fault).hasMessageContaining("the connection changed in between");
      assertThat(server.received()).hasSize(1);
    }
  }

  /** A proxy can keep our connection and still ask another API server. */
  @Test
  void anotherReplicaOrAnotherProcessAfterwardsClaimsNothing() {
    String other = text("metrics-kms-v2.txt").replace("sha256:73095bbb", "sha256:00000000");
    String restarted = text("metrics-kms-v2.txt").replace("1.7955085149e+09", "1.7955099999e+09");
    for (String second : List.of(other, restarted)) {
      AtomicInteger samples = new AtomicInteger();
      OutsideFault fault =
          fault(
              request ->
                  request.uri().equals("/metrics") && samples.incrementAndGet() == 2
                      ? Answer.of(200, second)
                      : honest(request));
      assertThat(fault.kind()).isEqualTo(Kind.UNREACHABLE);
    }
  }

  @Test
  void aRefusalIsALookAndABrokenAnswerIsAFault() {
    try (StubApiServer server =
        new StubApiServer(
            request ->
                request.uri().contains("/a?")
                    ? Answer.of(404, text("patch-404.json").replace("nope", "a"))
                    : honest(request))) {
      assertThat(probe(server).looks())
          .extracting(look -> look.answer())
          .startsWith(new PatchAnswer.Gone());
    }
    assertThat(
            fault(
                    request ->
                        request.method().equals("PATCH")
                            ? honest(request).promising(9)
                            : honest(request))
                .kind())
        .isEqualTo(Kind.MALFORMED);
  }

  @Test
  void noneOrMoreThanTenAreNoProbe() {
    try (StubApiServer server = new StubApiServer(ProbeTest::honest);
        ApiServers apiServers = connect(server)) {
      assertThatThrownBy(() -> apiServers.probe(List.of()))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> apiServers.probe(Collections.nCopies(11, secret("a"))))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(server.received()).isEmpty();
    }
  }
}
