package dev.rekey.web;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What every request for a change must keep to, so that no page of another site can make a
 * signed-in browser send one: JSON, and our own origin where one is named.
 */
final class ChangeGuard {
  static final int MOST_BYTES = 16 * 1024;

  private static final Pattern JSON =
      Pattern.compile("application/json( *; *charset=\"?utf-8\"?)?", Pattern.CASE_INSENSITIVE);
  private static final Pattern ORIGIN =
      Pattern.compile("(?<scheme>https?)://(?<authority>[a-z0-9.-]+(:\\d{1,5})?)");
  private static final Pattern LOOPBACK =
      Pattern.compile("(localhost|127\\.0\\.0\\.1)(:\\d{1,5})?");

  private ChangeGuard() {}

  /**
   * Refuses what doesn't keep to it.
   *
   * @throws ProblemFound 403, 413 or 415
   */
  static void check(WebRequest request) {
    Optional<String> origin = request.header("origin");
    if (origin.isPresent() && !isOurs(origin.get(), request.header("host").orElse(""))) {
      throw Problem.of(
              403,
              "other-origin",
              "the request comes from a page of another origin",
              "send it from this app's own pages, or without the header Origin")
          .found();
    }
    if (!JSON.matcher(request.header("content-type").orElse("")).matches()) {
      throw Problem.of(
              415,
              "not-json",
              "the body must be JSON in UTF-8",
              "send the header Content-Type: application/json")
          .found();
    }
    if (request.body().getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      throw Problem.of(413, "too-large", "the body has more than 16 KiB", "send a shorter reason")
          .found();
    }
  }

  private static boolean isOurs(String origin, String host) {
    Matcher parts = ORIGIN.matcher(origin.toLowerCase(Locale.ROOT));
    String ours = host.toLowerCase(Locale.ROOT);
    if (!parts.matches() || !parts.group("authority").equals(ours)) {
      return false;
    }
    return parts.group("scheme").equals("https") || LOOPBACK.matcher(ours).matches();
  }
}
