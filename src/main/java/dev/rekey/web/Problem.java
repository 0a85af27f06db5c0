package dev.rekey.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A problem document (RFC 9457).
 *
 * @param reason a stable token
 * @param detail for people, in our own words
 * @param remedy what they can do; null where the detail or the problems say it
 * @param problems all that is wrong with the input; empty for other problems
 * @param location the operation that it is about; null if it is about none
 * @param retryAfter when to ask again; null if that isn't known
 */
public record Problem(
    int status,
    String reason,
    String detail,
    @Nullable String remedy,
    List<InputProblem> problems,
    @Nullable String location,
    @Nullable Duration retryAfter) {

  private static final Map<Integer, String> TITLES =
      Map.of(
          400, "Bad Request",
          401, "Unauthorized",
          403, "Forbidden",
          404, "Not Found",
          409, "Conflict",
          413, "Content Too Large",
          415, "Unsupported Media Type",
          502, "Bad Gateway",
          503, "Service Unavailable");

  public Problem {
    problems = List.copyOf(problems);
  }

  public static Problem of(int status, String reason, String detail, @Nullable String remedy) {
    return new Problem(status, reason, detail, remedy, List.of(), null, null);
  }

  /** Everything that is wrong with a request, at once. */
  public static Problem badInput(List<InputProblem> problems) {
    String detail = "the request can't be served; see the problems";
    return new Problem(400, "bad-input", detail, null, problems, null, null);
  }

  /** Nothing can be served before the settings are mended. */
  public static Problem invalidSettings(@Nullable String detail, List<InputProblem> problems) {
    String text = String.valueOf(detail);
    return new Problem(503, "invalid-settings", text, null, problems, null, null);
  }

  Problem at(@Nullable String operation) {
    return new Problem(status, reason, detail, remedy, problems, operation, retryAfter);
  }

  ProblemFound found() {
    return new ProblemFound(this);
  }

  /** The document as an answer. */
  public WebResponse answer() {
    Map<String, String> headers = new HashMap<>();
    if (retryAfter != null) {
      headers.put("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
    }
    if (status == 401) {
      headers.put("WWW-Authenticate", "Bearer");
    }
    return Json.answer(status, "application/problem+json", document().toString(), headers);
  }

  private ObjectNode document() {
    ObjectNode document =
        Json.object()
            .put("type", "about:blank")
            .put("title", TITLES.getOrDefault(status, "Error"))
            .put("status", status)
            .put("detail", detail)
            .put("reason", reason);
    if (remedy != null) {
      document.put("remedy", remedy);
    }
    if (location != null) {
      document.put("operation", location);
    }
    if (!problems.isEmpty()) {
      ArrayNode list = document.putArray("problems");
      problems.forEach(one -> list.add(one.json()));
    }
    return document;
  }
}
