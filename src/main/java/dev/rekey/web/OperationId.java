package dev.rekey.web;

import java.util.regex.Pattern;

/** The id of an operation in a path. */
final class OperationId {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9-]{1,64}");

  private OperationId() {}

  /**
   * The id that a path names.
   *
   * @throws ProblemFound 404 if no operation can have it
   */
  static String in(WebRequest request) {
    String id = request.segment("id");
    if (!FORM.matcher(id).matches()) {
      throw unknown();
    }
    return id;
  }

  static ProblemFound unknown() {
    return Problem.of(
            404,
            "unknown-operation",
            "there is no operation with this id",
            "take the id from Location, or from the operation that GET /api/clusters shows")
        .found();
  }
}
