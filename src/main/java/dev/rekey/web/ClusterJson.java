package dev.rekey.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.fleet.Counted;
import dev.rekey.fleet.OpenAlerts;
import dev.rekey.fleet.Wave;
import dev.rekey.key.KeptKey;
import dev.rekey.key.KeyId;
import dev.rekey.key.PreviousSlot;
import dev.rekey.key.ProvedOn;
import dev.rekey.key.SlotPeriod;
import dev.rekey.service.ClusterDetail;
import dev.rekey.service.ClusterReport;
import dev.rekey.service.Hold;
import dev.rekey.service.SlotReport;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A cluster's posture as the API shows it. */
final class ClusterJson {
  private ClusterJson() {}

  /** As lists show it. */
  static ObjectNode of(ClusterReport report) {
    Wave wave = Wave.of(report.cluster().tags());
    ObjectNode json =
        Json.object()
            .put("name", report.cluster().name().value())
            .put("resourceId", report.cluster().resourceId())
            .put("experience", token(report.cluster().experience()))
            .put("keyId", report.cluster().keyId())
            .put("provisioningState", report.cluster().provisioningState())
            .put("mode", report.mode().token())
            .put("standing", report.standing())
            .put("wave", wave.readable() ? wave.number() : null)
            .put("newestKeyId", url(report.newest()));
    var active = report.active();
    json.set("operation", active == null ? null : OperationJson.brief(active));
    var hold = report.hold();
    json.set("hold", hold == null ? null : of(hold));
    var release = report.release();
    json.set("release", release == null ? null : ReleaseWaveRoute.json(release));
    ArrayNode alerts = json.putArray("alerts");
    report.alerts().open().forEach(alert -> alerts.add(of(alert)));
    ArrayNode slots = json.putArray("slots");
    report.slots().forEach(slot -> slots.add(of(slot)));
    var kept = report.kept();
    json.set("keptKey", kept == null ? null : standing(Json.object(), kept.version(), kept));
    var proved = report.proved();
    json.set("proved", proved == null ? null : of(proved));
    var counted = report.counted();
    json.set("counted", counted == null ? null : of(counted));
    return json;
  }

  /** With how it came to be so. */
  static ObjectNode of(ClusterDetail detail) {
    ObjectNode json = of(detail.report());
    ArrayNode history = json.putArray("history");
    for (SlotPeriod period : detail.history()) {
      ObjectNode line = of(period);
      Counted proof = period.changedBy() == null ? null : detail.proofs().get(period.changedBy());
      line.set("counted", proof == null ? null : of(proof));
      history.add(line);
    }
    var whereabouts = detail.whereabouts();
    json.set("whereabouts", whereabouts == null ? null : WhereaboutsJson.of(whereabouts));
    return json;
  }

  /** Why a rotation that is due doesn't begin by itself. */
  private static ObjectNode of(Hold hold) {
    return Json.object().put("reason", hold.reason()).put("detail", hold.detail());
  }

  private static ObjectNode of(OpenAlerts.Open open) {
    return Json.object()
        .put("name", open.alert().name())
        .put("subject", open.alert().subject())
        .put("reason", open.alert().reason())
        .put("detail", open.alert().detail())
        .put("since", open.since().toString());
  }

  private static ObjectNode of(SlotReport slot) {
    ObjectNode json = Json.object().put("slot", slot.slot());
    standing(json, slot.version(), slot.standing());
    PreviousSlot.Knowledge blank = slot.blank();
    return json.put("blank", blank == null ? null : blank.token())
        .put("blankSentence", blank == null ? null : blank.sentence());
  }

  private static ObjectNode standing(
      ObjectNode json, @Nullable KeyId version, @Nullable KeptKey standing) {
    return json.put("keyId", url(version))
        .put("state", standing == null ? null : standing.state().token())
        .put("sentence", standing == null ? null : standing.state().sentence())
        .put("expires", standing == null ? null : text(standing.expires()))
        .put("remedy", standing == null ? null : standing.remedy());
  }

  private static ObjectNode of(ProvedOn proved) {
    return Json.object()
        .put("keyId", url(proved.key()))
        .put("at", proved.at().toString())
        .put("operation", location(proved.operationId()));
  }

  private static ObjectNode of(Counted counted) {
    ObjectNode json =
        Json.object()
            .put("at", counted.at().toString())
            .put("operation", location(counted.operationId()));
    ObjectNode byKey = json.putObject("byKey");
    new TreeMap<>(counted.byKey()).forEach(byKey::put);
    return json.put("plain", counted.plain())
        .put("unknown", counted.unknown())
        .put("whole", counted.isWhole())
        .put("proof", counted.isProof())
        .put("doubt", counted.doubt() == null ? null : counted.doubt().token());
  }

  private static ObjectNode of(SlotPeriod period) {
    String operation = period.changedBy();
    String found = period.isAsMet() ? "met-so" : "found-changed";
    ObjectNode json =
        Json.object()
            .put("keyId", period.version().url())
            .put("slot", token(period.slot()))
            .put("from", period.from().toString())
            .put("until", text(period.until()))
            .put("by", operation == null ? found : "operation")
            .put("operation", operation == null ? null : location(operation));
    SlotPeriod.Proof proof = period.proof();
    json.set("proved", proof == null ? null : of(proof));
    return json;
  }

  /** The last proof, while the version was there, that every Secret lay under it. */
  private static ObjectNode of(SlotPeriod.Proof proof) {
    return Json.object()
        .put("at", proof.at().toString())
        .put("operation", location(proof.operationId()));
  }

  private static String location(String operationId) {
    return "/api/operations/" + operationId;
  }

  private static @Nullable String url(@Nullable KeyId key) {
    return key == null ? null : key.url();
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private static String token(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
