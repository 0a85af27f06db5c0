package dev.rekey.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.key.KeyId;
import dev.rekey.operation.Concern;
import dev.rekey.operation.Ending;
import dev.rekey.operation.KubernetesVersion;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Order;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.operation.StepReport;
import dev.rekey.operation.step.Plan;
import dev.rekey.operation.step.PlanHash;
import dev.rekey.operation.step.PointOfNoReturn;
import dev.rekey.operation.step.StepSentence;
import dev.rekey.operation.step.ToBeKnown;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.Tally;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An operation as the API shows it. */
final class OperationJson {
  private OperationJson() {}

  /** Enough to find it and see how it stands. */
  static ObjectNode brief(Operation operation) {
    return Json.object()
        .put("id", operation.id())
        .put("kind", operation.kind().token())
        .put("state", state(operation))
        .put("location", "/api/operations/" + operation.id());
  }

  static ObjectNode of(Operation operation) {
    ObjectNode json =
        brief(operation)
            .put("cluster", operation.cluster().value())
            .put("from", url(operation.from()))
            .put("to", url(operation.to()))
            .put("upgradeTo", text(operation.route().upgradeTo()))
            .put("trigger", operation.origin().trigger().token())
            .put("actor", operation.origin().actor())
            .put("reason", operation.origin().reason())
            .put("startedAt", operation.startedAt().toString());
    json.set("approval", approval(operation));
    ArrayNode concerns = json.putArray("concerns");
    operation.progress().findings().concerns().forEach(concern -> concerns.add(concern(concern)));
    ArrayNode orders = json.putArray("orders");
    operation.progress().orders().last().forEach(order -> orders.add(order(order)));
    ArrayNode steps = json.putArray("steps");
    operation.progress().steps().forEach(step -> steps.add(step(operation, step)));
    Pending pending = operation.progress().pending();
    json.set("pending", pending == null ? null : pending(pending));
    json.set("secrets", lastPass(operation.progress().passes()));
    Ending ending = operation.progress().ending();
    json.set("ending", ending == null ? null : ending(ending));
    return json;
  }

  /** {@code active}, {@code stalled}, {@code paused}, or how it ended. */
  private static String state(Operation operation) {
    Ending ending = operation.progress().ending();
    if (ending != null) {
      return ending.outcome().token();
    }
    if (operation.progress().orders().pause().isPresent()) {
      return "paused";
    }
    return operation.progress().hasStalled() ? "stalled" : "active";
  }

  private static @Nullable String text(@Nullable KubernetesVersion version) {
    return version == null ? null : version.toString();
  }

  private static @Nullable String url(@Nullable KeyId key) {
    return key == null ? null : key.url();
  }

  /** Which plan is to be approved, and whether it is; null where none needs to be. */
  private static @Nullable ObjectNode approval(Operation operation) {
    if (!Plan.needsApproval(operation)) {
      return null;
    }
    String plan = PlanHash.of(operation);
    String approver = operation.progress().orders().approval(plan).map(Order::actor).orElse(null);
    ObjectNode json = Json.object().put("planHash", plan).put("approver", approver);
    ArrayNode toBeKnown = json.putArray("toBeKnown");
    ToBeKnown.of(operation).forEach(toBeKnown::add);
    toBeKnown.add(PointOfNoReturn.sentence(operation.kind()));
    return json;
  }

  /** What the checks had noted that stood against nothing. */
  private static ObjectNode concern(Concern concern) {
    return Json.object()
        .put("check", concern.check())
        .put("verdict", concern.verdict().token())
        .put("seen", concern.seen());
  }

  private static ObjectNode order(Order order) {
    return Json.object()
        .put("action", order.action().token())
        .put("actor", order.actor())
        .put("reason", order.reason())
        .put("at", order.at().toString());
  }

  private static ObjectNode step(Operation operation, StepReport step) {
    return reason(Json.object().put("step", step.step().token()), step.reason())
        .put("sentence", StepSentence.of(operation, step))
        .put("startedAt", step.startedAt().toString())
        .put("endedAt", step.endedAt().toString());
  }

  private static ObjectNode pending(Pending pending) {
    ObjectNode json =
        Json.object()
            .put("step", pending.step().token())
            .put("doing", pending.doing().name().toLowerCase(Locale.ROOT));
    return reason(json, pending.reason())
        .put("detail", pending.detail())
        .put("since", pending.since().toString())
        .put("nextLook", pending.nextLook().toString());
  }

  private static ObjectNode ending(Ending ending) {
    return reason(Json.object().put("outcome", ending.outcome().token()), ending.reason())
        .put("detail", ending.detail())
        .put("at", ending.at().toString());
  }

  private static ObjectNode reason(ObjectNode json, Reason reason) {
    json.put("reason", reason.token()).put("sentence", reason.sentence());
    return reason.remedy().isEmpty() ? json : json.put("remedy", reason.remedy());
  }

  /**
   * The counts of the newest round; those of one at work are known only when its shards have ended.
   */
  private static @Nullable ObjectNode lastPass(List<Pass> passes) {
    if (passes.isEmpty()) {
      return null;
    }
    Pass pass = passes.get(passes.size() - 1);
    Tally tally = pass.tally();
    return Json.object()
        .put("step", pass.step())
        .put("stage", pass.stage().name().toLowerCase(Locale.ROOT))
        .put("discovered", tally.discovered())
        .put("rewritten", tally.rewritten())
        .put("current", tally.current())
        .put("deleted", tally.deleted())
        .put("exceptions", tally.exceptions())
        .put("remaining", tally.remaining());
  }
}
