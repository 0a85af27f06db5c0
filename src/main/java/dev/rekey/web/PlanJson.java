package dev.rekey.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.operation.OperationPlan;
import dev.rekey.reencryption.Estimate;

/** A plan as a document, schema {@code rekey.dev/plan/v1}. */
public final class PlanJson {
  private PlanJson() {}

  /** The whole document, on one line. */
  public static String text(OperationPlan plan) {
    return of(plan).toString();
  }

  static ObjectNode of(OperationPlan plan) {
    Estimate estimate = plan.estimate();
    ObjectNode json =
        Json.object()
            .put("schema", "rekey.dev/plan/v1")
            .put("kind", plan.kind().token())
            .put("cluster", plan.cluster().value());
    ArrayNode steps = json.putArray("steps");
    plan.steps().forEach(step -> steps.add(Json.object().put("step", step.token())));
    json.put("secrets", estimate.secrets()).put("shards", estimate.shards());
    json.set(
        "estimate",
        Json.object()
            .put("seconds", estimate.seconds())
            .put("looksPerSecond", Math.round(estimate.looksPerSecond()))
            .put("sampled", estimate.sampled()));
    return json;
  }
}
