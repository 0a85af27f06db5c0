package dev.rekey.web;

import dev.rekey.key.Cloud;
import dev.rekey.operation.ClusterName;
import dev.rekey.service.PlanAnswer;
import dev.rekey.service.WantedChange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * {@code POST /api/clusters/{cluster}/plan}: what an operation would do and what stands against it.
 * Changes nothing, so it is open to whoever may read; the body is held to what a change's is.
 */
public final class PlanRoute implements WebRoute {
  private final BiFunction<ClusterName, WantedChange, PlanAnswer> plan;
  private final Cloud cloud;

  /**
   * The route.
   *
   * @param plan the use case
   */
  public PlanRoute(BiFunction<ClusterName, WantedChange, PlanAnswer> plan, Cloud cloud) {
    this.plan = plan;
    this.cloud = cloud;
  }

  @Override
  public WebResponse answer(WebRequest request) {
    ChangeGuard.check(request);
    List<InputProblem> problems = new ArrayList<>();
    ClusterName cluster = ClusterSegment.read(request, problems);
    OperationBody.Wish wish = OperationBody.readForPlan(request.body(), cloud, problems);
    if (cluster == null || !problems.isEmpty()) {
      throw Problem.badInput(problems).found();
    }
    PlanAnswer answer = plan.apply(cluster, wish.wanted());
    if (answer instanceof PlanAnswer.Planned planned) {
      return Json.answer(200, PlanJson.of(planned.plan()));
    }
    throw StartOperationRoute.problem(((PlanAnswer.Declined) answer).cause()).found();
  }
}
