package dev.rekey.web;

import dev.rekey.operation.ClusterName;
import dev.rekey.service.ClusterDetail;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** {@code GET /api/clusters/{cluster}}: how one cluster stands, and how it came to that. */
public final class ReadClusterRoute implements WebRoute {
  private final Function<ClusterName, Optional<ClusterDetail>> find;

  /**
   * The route.
   *
   * @param find the use case
   */
  public ReadClusterRoute(Function<ClusterName, Optional<ClusterDetail>> find) {
    this.find = find;
  }

  @Override
  public WebResponse answer(WebRequest request) {
    List<InputProblem> problems = new ArrayList<>();
    ClusterName name = ClusterSegment.read(request, problems);
    if (name == null) {
      throw unknown();
    }
    return Json.answer(
        200, ClusterJson.of(find.apply(name).orElseThrow(ReadClusterRoute::unknown)));
  }

  private static ProblemFound unknown() {
    return Problem.of(
            404,
            "unknown-cluster",
            "no cluster in scope has this name",
            "see the list of clusters: GET /api/clusters")
        .found();
  }
}
