package dev.rekey.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.regex.Pattern;

/** The member {@code reason} of a body that asks for a change: it is recorded and shown. */
final class Why {
  private static final Pattern FORM = Pattern.compile("[^\\p{Cntrl}\\p{Cf}\\u2028\\u2029]{1,500}");

  private Why() {}

  /** The reason; notes it if it is missing or has another form. */
  static String in(ObjectNode json, List<InputProblem> problems) {
    String text = json.path("reason").isTextual() ? json.path("reason").textValue().strip() : "";
    if (!FORM.matcher(text).matches()) {
      problems.add(
          new InputProblem(
              "reason",
              "is missing or has another form; expected: one line of 1 to 500 characters",
              "say why, for example \"yearly rotation\""));
    }
    return text;
  }
}
