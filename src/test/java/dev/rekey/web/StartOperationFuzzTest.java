package dev.rekey.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rekey.fuzz.Canary;
import dev.rekey.key.Cloud;
import dev.rekey.operation.Example;
import dev.rekey.operation.Kind;
import dev.rekey.service.OperationRequest;
import dev.rekey.service.RequestAnswer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Whatever is sent to the HTTP API to begin an operation. */
class StartOperationFuzzTest {
  /** A record in a class of its own: see {@code KeyEventFuzzTest}. */
  private static final class Accepting implements Function<OperationRequest, RequestAnswer> {
    private final List<OperationRequest> asked = new ArrayList<>();

    @Override
    public RequestAnswer apply(OperationRequest request) {
      asked.add(request);
      assertThat(request.origin().reason()).hasSizeBetween(1, 500).doesNotContain("\n", "\r", "\0");
      assertThat(request.origin().actor()).hasSizeBetween(1, 100).doesNotContain("\n", "\r", "\0");
      return new RequestAnswer.Accepted(Example.operation(Kind.ROTATE));
    }
  }

  private final Accepting rotation = new Accepting();
  private final StartOperationRoute route =
      new StartOperationRoute(rotation, Requests.TRUSTED, Cloud.PUBLIC);

  @FuzzTest
  void anyBody_beginsOrIsAnsweredWithWhatIsWrong(byte[] body) {
    WebResponse answer = post(Requests.inOrder().body(text(body)));

    assertThat(answer.status()).isIn(202, 400, 413);
  }

  @FuzzTest
  void anyCaller_isKnownAndMayOrIsTurnedAway(byte[] principal) {
    WebResponse bare = post(Requests.inOrder().header(Principal.HEADER, text(principal)));
    WebResponse encoded =
        post(Requests.inOrder().header(Principal.HEADER, Requests.base64(text(principal))));

    assertThat(List.of(bare.status(), encoded.status())).isSubsetOf(202, 401, 403);
  }

  @FuzzTest
  void anyHeadersAndPath_beginOrAreAnsweredWithWhatIsWrong(byte[] input) {
    String text = text(input);
    for (String name : List.of("origin", "content-type", "idempotency-key", "host")) {
      post(Requests.inOrder().header(name, text));
    }
    post(Requests.inOrder().cluster(text));
    post(Requests.inOrder().header("origin", text).header("host", text));
  }

  private WebResponse post(Requests request) {
    rotation.asked.clear();
    WebResponse answer = Answers.of(route, request.made());
    assertThat(rotation.asked).hasSize(answer.status() == 202 ? 1 : 0);
    Canary.notIn(answer.body());
    return answer;
  }

  private static String text(byte[] input) {
    return new String(input, StandardCharsets.UTF_8);
  }
}
