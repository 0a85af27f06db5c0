package dev.rekey.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Example;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Order;
import dev.rekey.operation.Order.Action;
import dev.rekey.service.SteerAnswer;
import dev.rekey.service.SteerAnswer.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SteerOperationRouteTest {
  private static final Operation OPERATION = Example.operation(Kind.ROTATE);
  private static final String PLAN = "sha256:" + "ab".repeat(32);

  private final List<Order> given = new ArrayList<>();
  private SteerAnswer says = new SteerAnswer.Accepted(OPERATION);

  @ParameterizedTest
  @EnumSource(value = Action.class, names = "APPROVE", mode = EnumSource.Mode.EXCLUDE)
  void orderOfAnOperator_isGivenWithWhoAndWhy(Action action) {
    WebResponse answer = post(action.token(), reason());

    assertThat(answer.status()).isEqualTo(202);
    assertThat(Documents.of(answer).path("id").asText()).isEqualTo(OPERATION.id());
    assertThat(given)
        .containsExactly(new Order(action, "ana@example.org", "so be it", Example.NOW, "k1", null));
  }

  @Test
  void approval_needsTheApproversRoleAndNamesThePlan() {
    String body = "{\"reason\":\"so be it\",\"planHash\":\"" + PLAN + "\"}";

    assertThat(reasonOf(post("approve", Requests.inOrder().body(body)))).isEqualTo("role-missing");
    assertThat(given).isEmpty();

    assertThat(post("approve", approver().body(body)).status()).isEqualTo(202);
    assertThat(given)
        .containsExactly(
            new Order(Action.APPROVE, "ana@example.org", "so be it", Example.NOW, "k1", PLAN));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pause", "resume", "cancel", "retry"})
  void whoMayApproveAlone_mayNotSteer(String action) {
    assertThat(reasonOf(post(action, approver().body("{\"reason\":\"r\"}"))))
        .isEqualTo("role-missing");
    assertThat(given).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete", "Pause", "", "approve/x"})
  void unknownAction_isNotFound(String action) {
    WebResponse answer = post(action, reason());

    assertThat(answer.status()).isEqualTo(404);
    assertThat(reasonOf(answer)).isEqualTo("unknown-action");
  }

  @Test
  void everythingIsWrong_allOfItIsNamedAtOnce() {
    WebResponse answer =
        post(
            "approve",
            approver().without("idempotency-key").body("{\"planHash\":\"yes\",\"force\":true}"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(Documents.members(answer))
        .containsExactlyInAnyOrder("Idempotency-Key", "reason", "planHash", "(a member)");
    assertThat(given).isEmpty();
  }

  @Test
  void noBody_isSaid() {
    assertThat(Documents.members(post("pause", Requests.inOrder().body("")))).contains("body");
  }

  @ParameterizedTest
  @CsvSource({
    "UNKNOWN_OPERATION, 404, unknown-operation",
    "OPERATION_ENDED, 409, operation-ended",
    "NO_APPROVAL_NEEDED, 409, no-approval-needed",
    "OTHER_PLAN, 409, other-plan",
    "CHANGED_ALREADY, 409, changed-already"
  })
  void declined_saysWhyAndWhatToDo(Cause cause, int status, String token) {
    says = new SteerAnswer.Declined(cause, null);

    WebResponse answer = post("pause", reason());

    assertThat(answer.status()).isEqualTo(status);
    assertThat(reasonOf(answer)).isEqualTo(token);
    assertThat(Documents.of(answer).path("remedy").asText()).isNotBlank();
  }

  @Test
  void fromAPageOfAnotherOrigin_isRefused() {
    assertThat(reasonOf(post("cancel", reason().header("origin", "https://evil.example"))))
        .isEqualTo("other-origin");
    assertThat(given).isEmpty();
  }

  private static Requests reason() {
    return Requests.inOrder().body("{\"reason\":\"so be it\"}");
  }

  private static Requests approver() {
    return Requests.inOrder()
        .header(
            Principal.HEADER,
            Requests.principal(
                Requests.claim("aud", Requests.AUDIENCE),
                Requests.claim("iss", Requests.ISSUER),
                Requests.claim("roles", "Rekey.Approver"),
                Requests.claim("preferred_username", "ana@example.org")));
  }

  private static String reasonOf(WebResponse answer) {
    return Documents.of(answer).path("reason").asText();
  }

  private WebResponse post(String action, Requests request) {
    SteerOperationRoute route =
        new SteerOperationRoute(
            (id, order) -> {
              assertThat(id).isEqualTo(OPERATION.id());
              given.add(order);
              return says;
            },
            Requests.TRUSTED,
            () -> Example.NOW);
    return Answers.of(route, request.made(Map.of("id", OPERATION.id(), "action", action)));
  }
}
