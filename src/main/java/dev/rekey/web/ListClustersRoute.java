package dev.rekey.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.service.ClusterReport;
import dev.rekey.service.FleetReport;
import java.util.Comparator;
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
        .forEach(one -> clusters.add(ClusterJson.of(one)));
    ArrayNode missing = body.putArray("notLookedAt");
    fleet.missing().forEach(missing::add);
    return Json.answer(200, body);
  }
}
