package dev.rekey.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.operation.Decision;
import dev.rekey.operation.OperationPlan;
import org.jspecify.annotations.Nullable;

/** A plan as a document, schema {@code rekey.dev/plan/v1}. */
public final class PlanJson {
  private PlanJson() {}

  /** The whole document, on one line. */
  public static String text(OperationPlan plan) {
    return of(plan).toString();
  }

  static ObjectNode of(OperationPlan plan) {
    ObjectNode json =
        Json.object()
            .put("schema", "rekey.dev/plan/v1")
            .put("kind", plan.kind().token())
            .put("cluster", plan.cluster().value());
    ArrayNode steps = json.putArray("steps");
    plan.steps().forEach(step -> steps.add(Json.object().put("step", step.token())));
    json.set("check", check(plan.decision()));
    ArrayNode toBeKnown = json.putArray("toBeKnown");
    plan.toBeKnown().forEach(toBeKnown::add);
    FindingsJson.putFindings(json, plan.findings());
    FindingsJson.putSecrets(json, plan.secrets());
    return json;
  }

  /** What the operation's own check would come to now. */
  private static @Nullable ObjectNode check(@Nullable Decision decision) {
    if (decision == null) {
      return null;
    }
    if (decision instanceof Decision.Refuse refuse) {
      return Json.object()
          .put("outcome", "refused")
          .put("reason", refuse.reason().token())
          .put("sentence", refuse.reason().sentence())
          .put("detail", refuse.detail());
    }
    if (decision instanceof Decision.Wait wait) {
      return Json.object()
          .put("outcome", "waits")
          .put("reason", wait.reason().token())
          .put("sentence", wait.reason().sentence());
    }
    return Json.object().put("outcome", "passes");
  }
}
