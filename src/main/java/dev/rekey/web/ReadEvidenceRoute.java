package dev.rekey.web;

import dev.rekey.operation.Operation;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * {@code GET /api/operations/{id}/evidence}: the evidence, byte for byte as it is stored, since the
 * next record's hash is taken of these bytes.
 */
public final class ReadEvidenceRoute implements WebRoute {
  private final Function<String, Optional<Operation>> find;
  private final Function<String, Optional<String>> evidence;

  /**
   * The route.
   *
   * @param find an operation by its id
   * @param evidence the stored text by the operation's id
   */
  public ReadEvidenceRoute(
      Function<String, Optional<Operation>> find, Function<String, Optional<String>> evidence) {
    this.find = find;
    this.evidence = evidence;
  }

  @Override
  public WebResponse answer(WebRequest request) {
    String id = OperationId.in(request);
    Optional<String> stored = evidence.apply(id);
    if (stored.isPresent()) {
      return Json.answer(200, "application/json", stored.get(), Map.of());
    }
    Operation operation = find.apply(id).orElseThrow(OperationId::unknown);
    throw Problem.of(
            404,
            operation.isActive() ? "no-evidence-yet" : "no-evidence",
            operation.isActive()
                ? "the operation has not ended, so it has left no evidence"
                : "the operation ended before anything was done, so it has left no evidence",
            "see the operation")
        .at("/api/operations/" + operation.id())
        .found();
  }
}
