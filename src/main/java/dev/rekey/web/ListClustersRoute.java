package dev.rekey.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.fleet.Wave;
import dev.rekey.key.KeptKey;
import dev.rekey.service.ClusterReport;
import dev.rekey.service.FleetReport;
import dev.rekey.service.Hold;
import java.util.Comparator;
import java.util.Locale;
import java.util.function.Supplier;

/** {@code GET /api/clusters}: how every cluster in scope stands. */
public final class ListClustersRoute implements WebRoute {
  private final Supplier<FleetReport> report;

  /**
   * The route.
   *
   * @param report the use case
   */
  public ListClustersRoute(Supplier<FleetReport> report) {
    this.report = report;
  }

  @Override
  public WebResponse answer(WebRequest request) {
    FleetReport fleet = report.get();
    ObjectNode body = Json.object();
    ArrayNode clusters = body.putArray("clusters");
    fleet.clusters().stream()
        .sorted(Comparator.comparing((ClusterReport one) -> one.cluster().name().value()))
        .forEach(one -> clusters.add(json(one)));
    ArrayNode missing = body.putArray("notLookedAt");
    fleet.missing().forEach(missing::add);
    return Json.answer(200, body);
  }

  private static ObjectNode json(ClusterReport report) {
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
            .put("newestKeyId", report.newest() == null ? null : report.newest().url());
    var active = report.active();
    json.set("operation", active == null ? null : OperationJson.brief(active));
    var hold = report.hold();
    json.set("hold", hold == null ? null : json(hold));
    var release = report.release();
    json.set("release", release == null ? null : ReleaseWaveRoute.json(release));
    var kept = report.kept();
    json.set("keptKey", kept == null ? null : json(kept));
    var proved = report.proved();
    json.set(
        "proved",
        proved == null
            ? null
            : Json.object()
                .put("keyId", proved.key() == null ? null : proved.key().url())
                .put("at", proved.at().toString())
                .put("operation", "/api/operations/" + proved.operationId()));
    return json;
  }

  /** Why a rotation that is due doesn't begin by itself. */
  private static ObjectNode json(Hold hold) {
    return Json.object().put("reason", hold.reason()).put("detail", hold.detail());
  }

  private static ObjectNode json(KeptKey kept) {
    return Json.object()
        .put("keyId", kept.version().url())
        .put("state", kept.state().token())
        .put("sentence", kept.state().sentence())
        .put("expires", kept.expires() == null ? null : kept.expires().toString())
        .put("remedy", kept.remedy());
  }

  private static String token(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
