package dev.rekey.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.fleet.Need;
import dev.rekey.fleet.RetireVerdict;
import dev.rekey.fleet.Unsure;
import dev.rekey.key.KeptKey;
import dev.rekey.key.PolicyAdvice;
import dev.rekey.key.RotationPolicy;
import dev.rekey.service.KeyReport;
import dev.rekey.service.KeysReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How keys stand as a document, schema {@code rekey.dev/keys/v1}. */
public final class KeysJson {
  private KeysJson() {}

  /** The whole document, on one line. */
  public static String text(KeysReport report) {
    return of(report).toString();
  }

  static ObjectNode of(KeysReport report) {
    ObjectNode json = Json.object().put("schema", "rekey.dev/keys/v1");
    ArrayNode keys = json.putArray("keys");
    report.keys().forEach(key -> keys.add(of(key)));
    json.put("caveat", RetireVerdict.CAVEAT);
    ArrayNode missing = json.putArray("notLookedAt");
    report.notLookedAt().forEach(missing::add);
    return json;
  }

  private static ObjectNode of(KeyReport report) {
    ObjectNode json =
        Json.object()
            .put("key", report.key().toString())
            .put("vault", report.key().vaultName())
            .put("name", report.key().name());
    ArrayNode versions = json.putArray("versions");
    report.versions().forEach(version -> versions.add(of(version)));
    RotationPolicy policy = report.policy();
    json.set("policy", policy == null ? null : of(policy, report.advice()));
    return json.put("policyNotRead", report.policyNotRead())
        .put("notLookedAt", report.notLookedAt());
  }

  private static ObjectNode of(KeyReport.Version version) {
    KeptKey standing = version.standing();
    ObjectNode json =
        Json.object()
            .put("keyId", version.id().url())
            .put("state", standing == null ? null : standing.state().token())
            .put("created", text(version.created()))
            .put("expires", standing == null ? null : text(standing.expires()));
    RetireVerdict verdict = version.verdict();
    json.put("verdict", verdict.token()).put("reason", verdict.reason());
    json.put("since", verdict instanceof RetireVerdict.NotNeeded none ? text(none.since()) : null);
    ArrayNode neededBy = json.putArray("neededBy");
    if (verdict instanceof RetireVerdict.Needed needed) {
      needed.needs().forEach(need -> neededBy.add(of(need)));
    }
    ArrayNode notKnown = json.putArray("notKnown");
    doubts(verdict).forEach(doubt -> notKnown.add(of(doubt)));
    return json;
  }

  private static List<Unsure> doubts(RetireVerdict verdict) {
    return verdict instanceof RetireVerdict.NotKnown unsure ? unsure.doubts() : List.of();
  }

  private static ObjectNode of(Need need) {
    return Json.object()
        .put("cluster", need.cluster().value())
        .put("slot", need.ground().slot())
        .put("ground", need.ground().token())
        .put("why", need.why());
  }

  private static ObjectNode of(Unsure doubt) {
    return Json.object()
        .put("cluster", doubt.cluster() == null ? null : doubt.cluster().value())
        .put("reason", doubt.cause().token())
        .put("why", doubt.why());
  }

  private static ObjectNode of(RotationPolicy policy, @Nullable PolicyAdvice advice) {
    ObjectNode json =
        Json.object()
            .put("rotateAfterCreation", text(policy.rotateAfterCreation()))
            .put("rotateBeforeExpiry", text(policy.rotateBeforeExpiry()))
            .put("notifyBeforeExpiry", text(policy.notifyBeforeExpiry()))
            .put("expiryTime", text(policy.expiryTime()));
    ArrayNode flaws = json.putArray("advice");
    if (advice != null) {
      advice.flaws().forEach(flaw -> flaws.add(of(flaw)));
    }
    return json;
  }

  private static ObjectNode of(PolicyAdvice.Flaw flaw) {
    return Json.object()
        .put("reason", flaw.cause().token())
        .put("sentence", flaw.cause().sentence())
        .put("seen", flaw.seen())
        .put("remedy", flaw.remedy());
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
