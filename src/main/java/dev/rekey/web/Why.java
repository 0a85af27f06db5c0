package dev.rekey.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.service.OperationRequest;
import java.util.List;

/** The member {@code reason} of a body that asks for a change: it is recorded and shown. */
final class Why {
  private Why() {}

  /** The reason; notes it if it is missing or has another form. */
  static String in(ObjectNode json, List<InputProblem> problems) {
    String text = json.path("reason").isTextual() ? json.path("reason").textValue().strip() : "";
    if (!OperationRequest.isReason(text)) {
      problems.add(
          new InputProblem(
              "reason",
              "is missing or has another form; expected: one line of 1 to 500 characters",
              "say why, for example \"yearly rotation\""));
    }
    return text;
  }
}
