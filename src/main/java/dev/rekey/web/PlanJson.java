package dev.rekey.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.key.KeyId;
import dev.rekey.operation.Decision;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.KubernetesVersion;
import dev.rekey.operation.OperationPlan;
import dev.rekey.operation.StepName;
import dev.rekey.operation.step.PointOfNoReturn;
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
    ArrayNode route = json.putArray("route");
    plan.route().stops().forEach(stop -> route.add(stop(stop)));
    KubernetesVersion upgradeTo = plan.route().upgradeTo();
    json.put("upgradeTo", upgradeTo == null ? null : upgradeTo.toString());
    ArrayNode steps = json.putArray("steps");
    plan.steps().forEach(step -> steps.add(Json.object().put("step", step.token())));
    json.set("cancelling", cancelling(plan.kind()));
    json.set("check", check(plan.decision()));
    ArrayNode toBeKnown = json.putArray("toBeKnown");
    plan.toBeKnown().forEach(toBeKnown::add);
    FindingsJson.putFindings(json, plan.findings());
    FindingsJson.putSecrets(json, plan.secrets());
    return json;
  }

  /** Before which step it is possible, null for as long as it lasts, and what comes afterwards. */
  private static ObjectNode cancelling(Kind kind) {
    return Json.object()
        .put("until", PointOfNoReturn.of(kind).map(StepName::token).orElse(null))
        .put("sentence", PointOfNoReturn.sentence(kind));
  }

  /** Settings of KMS; no key where it is off. */
  private static ObjectNode stop(KmsSettings settings) {
    KeyId key = settings.key();
    return Json.object()
        .put("keyId", key == null ? null : key.url())
        .put("networkAccess", key == null ? null : settings.access().token());
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
