package dev.rekey.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Supplier;

/**
 * {@code GET /api/health}: whether the app can work. Open to all, so it holds no data: names of
 * settings and their expected forms, never a value.
 */
public final class HealthRoute implements WebRoute {
  private final String version;
  private final Supplier<List<InputProblem>> problems;

  /**
   * The route.
   *
   * @param problems what is wrong with the settings; empty if they can be used
   */
  public HealthRoute(String version, Supplier<List<InputProblem>> problems) {
    this.version = version;
    this.problems = problems;
  }

  @Override
  public WebResponse answer(WebRequest request) {
    List<InputProblem> found = problems.get();
    ObjectNode body =
        Json.object()
            .put("status", found.isEmpty() ? "ok" : "invalid-settings")
            .put("version", version);
    if (!found.isEmpty()) {
      ArrayNode list = body.putArray("problems");
      found.forEach(one -> list.add(one.json()));
    }
    return Json.answer(found.isEmpty() ? 200 : 503, body);
  }
}
