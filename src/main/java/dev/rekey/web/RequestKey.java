package dev.rekey.web;

import java.util.List;
import java.util.regex.Pattern;

/** What a caller who may repeat a request knows it by: the header {@code Idempotency-Key}. */
final class RequestKey {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._:~-]{1,100}");

  private RequestKey() {}

  /** The key; notes it if it is missing or has another form. */
  static String in(WebRequest request, List<InputProblem> problems) {
    String key = request.header("idempotency-key").orElse("");
    if (!FORM.matcher(key).matches()) {
      problems.add(
          new InputProblem(
              "Idempotency-Key",
              "is missing or has another form; expected: a header of 1 to 100 letters, digits and"
                  + " the characters . _ : ~ -",
              "send a new UUID for each new request, and the same one when sending it again"));
    }
    return key;
  }
}
