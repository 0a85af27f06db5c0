package dev.rekey.web;

import dev.rekey.operation.Operation;
import java.util.Optional;
import java.util.function.Function;

/** {@code GET /api/operations/{id}}: how an operation stands. */
public final class ReadOperationRoute implements WebRoute {
  private final Function<String, Optional<Operation>> find;

  /**
   * The route.
   *
   * @param find an operation by its id
   */
  public ReadOperationRoute(Function<String, Optional<Operation>> find) {
    this.find = find;
  }

  @Override
  public WebResponse answer(WebRequest request) {
    Operation operation = find.apply(OperationId.in(request)).orElseThrow(OperationId::unknown);
    return Json.answer(200, OperationJson.of(operation));
  }
}
