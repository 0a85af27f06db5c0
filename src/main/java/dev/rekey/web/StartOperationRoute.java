package dev.rekey.web;

import dev.rekey.key.Cloud;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.service.OperationRequest;
import dev.rekey.service.RequestAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * {@code POST /api/clusters/{cluster}/operations}: begins an operation. First who asks, then from
 * where, then everything that is wrong with the request, at once.
 */
public final class StartOperationRoute implements WebRoute {
  private final Function<OperationRequest, RequestAnswer> rotation;
  private final Operators operators;
  private final Cloud cloud;

  /**
   * The route.
   *
   * @param rotation the use case
   */
  public StartOperationRoute(
      Function<OperationRequest, RequestAnswer> rotation, TrustedCallers trusted, Cloud cloud) {
    this.rotation = rotation;
    this.operators = new Operators(trusted);
    this.cloud = cloud;
  }

  @Override
  public WebResponse answer(WebRequest request) {
    String actor = operators.actor(request, AppRole.OPERATOR);
    ChangeGuard.check(request);
    RequestAnswer answer = rotation.apply(wish(request, actor));
    if (answer instanceof RequestAnswer.Accepted accepted) {
      Operation operation = accepted.operation();
      return Json.answer(
          202,
          "application/json",
          OperationJson.of(operation).toString(),
          Map.of("Location", location(operation)));
    }
    throw problem((RequestAnswer.Declined) answer).found();
  }

  private OperationRequest wish(WebRequest request, String actor) {
    List<InputProblem> problems = new ArrayList<>();
    ClusterName cluster = ClusterSegment.read(request, problems);
    String key = RequestKey.in(request, problems);
    OperationBody.Wish wish = OperationBody.read(request.body(), cloud, problems);
    if (cluster == null || !problems.isEmpty()) {
      throw Problem.badInput(problems).found();
    }
    return new OperationRequest(
        cluster,
        wish.kind(),
        wish.expectedKeyId(),
        wish.targetKeyId(),
        wish.networkAccess(),
        wish.vaultResourceId(),
        wish.upgradeTo(),
        new Origin(Origin.Trigger.HTTP, actor, wish.reason(), key));
  }

  private static Problem problem(RequestAnswer.Declined declined) {
    Operation active = declined.active();
    return problem(declined.cause()).at(active == null ? null : location(active));
  }

  static Problem problem(RequestAnswer.Cause cause) {
    int status =
        switch (cause) {
          case UNKNOWN_CLUSTER -> 404;
          case OBSERVE_ONLY -> 403;
          default -> 409;
        };
    return Problem.of(status, cause.token(), cause.sentence(), cause.remedy());
  }

  private static String location(Operation operation) {
    return "/api/operations/" + operation.id();
  }
}
