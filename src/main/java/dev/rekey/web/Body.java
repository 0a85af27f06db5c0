package dev.rekey.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** The body of a request that asks for something. */
final class Body {
  private Body() {}

  /** The object that it holds; notes it if it holds none. */
  static Optional<ObjectNode> in(String text, String example, List<InputProblem> problems) {
    Optional<ObjectNode> json = Json.read(text);
    if (json.isEmpty()) {
      problems.add(
          new InputProblem(
              "body",
              "is empty, no JSON object, or names a member twice",
              "send, with a Content-Length, for example " + example));
    }
    return json;
  }
}
