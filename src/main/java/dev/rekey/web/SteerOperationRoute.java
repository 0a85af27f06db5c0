package dev.rekey.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Order;
import dev.rekey.service.SteerAnswer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/operations/{id}/approve}, {@code pause}, {@code resume}, {@code retry} and
 * {@code cancel}: what a person says to an operation that is under way.
 */
public final class SteerOperationRoute implements WebRoute {
  private static final String PLAN = "planHash";
  private static final Pattern PLAN_FORM = Pattern.compile("sha256:[0-9a-f]{64}");
  private static final String EXAMPLE = "{\"reason\":\"checked with the owners\"}";

  private final BiFunction<String, Order, SteerAnswer> steer;
  private final Operators operators;
  private final InstantSource time;

  /**
   * The route.
   *
   * @param steer the use case: an operation's id and the order
   */
  public SteerOperationRoute(
      BiFunction<String, Order, SteerAnswer> steer, TrustedCallers trusted, InstantSource time) {
    this.steer = steer;
    this.operators = new Operators(trusted);
    this.time = time;
  }

  @Override
  public WebResponse answer(WebRequest request) {
    Order.Action action = action(request.segment("action"));
    String actor = operators.actor(request, role(action));
    ChangeGuard.check(request);
    String id = OperationId.in(request);
    SteerAnswer answer = steer.apply(id, order(request, action, actor));
    if (answer instanceof SteerAnswer.Accepted accepted) {
      return Json.answer(202, OperationJson.of(accepted.operation()));
    }
    throw problem((SteerAnswer.Declined) answer).found();
  }

  private static Order.Action action(String token) {
    return Arrays.stream(Order.Action.values())
        .filter(action -> action.token().equals(token))
        .findFirst()
        .orElseThrow(
            () ->
                Problem.of(
                        404,
                        "unknown-action",
                        "an operation can't be told that",
                        "send approve, pause, resume, retry or cancel")
                    .found());
  }

  private static AppRole role(Order.Action action) {
    return action == Order.Action.APPROVE ? AppRole.APPROVER : AppRole.OPERATOR;
  }

  private Order order(WebRequest request, Order.Action action, String actor) {
    List<InputProblem> problems = new ArrayList<>();
    String key = RequestKey.in(request, problems);
    ObjectNode json =
        Body.in(request.body(), EXAMPLE, problems)
            .orElseThrow(() -> Problem.badInput(problems).found());
    checkNames(json, action, problems);
    String reason = Why.in(json, problems);
    String plan = action == Order.Action.APPROVE ? plan(json, problems) : null;
    if (!problems.isEmpty()) {
      throw Problem.badInput(problems).found();
    }
    return new Order(action, actor, reason, time.instant(), key, plan);
  }

  private static void checkNames(
      ObjectNode json, Order.Action action, List<InputProblem> problems) {
    List<String> known =
        action == Order.Action.APPROVE ? List.of("reason", PLAN) : List.of("reason");
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                problems.add(
                    new InputProblem(
                        "(a member)",
                        "is unknown for " + action.token() + "; known: " + known,
                        "leave it out"));
              }
            });
  }

  private static @Nullable String plan(ObjectNode json, List<InputProblem> problems) {
    String text = json.path(PLAN).isTextual() ? json.path(PLAN).textValue() : "";
    if (PLAN_FORM.matcher(text).matches()) {
      return text;
    }
    problems.add(
        new InputProblem(
            PLAN,
            "is missing or has another form; expected: sha256: and 64 hexadecimal digits",
            "copy it from approval.planHash of the operation, once you have read its plan"));
    return null;
  }

  private static Problem problem(SteerAnswer.Declined declined) {
    SteerAnswer.Cause cause = declined.cause();
    int status = cause == SteerAnswer.Cause.UNKNOWN_OPERATION ? 404 : 409;
    Operation operation = declined.operation();
    return Problem.of(status, cause.token(), cause.sentence(), cause.remedy())
        .at(operation == null ? null : "/api/operations/" + operation.id());
  }
}
