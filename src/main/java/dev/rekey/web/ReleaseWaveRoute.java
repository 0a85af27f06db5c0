package dev.rekey.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.fleet.WaveRelease;
import dev.rekey.service.ReleaseAnswer;
import dev.rekey.service.ReleaseRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/waves/{key}/release}: lets later waves of a key go on though an earlier one
 * isn't proved. Whoever may begin each of these rotations, and whoever may approve, may do this.
 */
public final class ReleaseWaveRoute implements WebRoute {
  private static final String VERSION = "version";
  private static final String WAVE = "wave";
  private static final List<String> KNOWN = List.of("reason", VERSION, WAVE);
  private static final String EXAMPLE = "{\"reason\":\"the canary is known to be slow\"}";
  private static final int MOST_WAVE = 9999;

  private static final Pattern KEY_FORM = Pattern.compile("[a-z0-9-]{3,24}\\.[0-9a-z-]{1,127}");
  private static final Pattern VERSION_FORM = Pattern.compile("[0-9a-zA-Z]{1,64}");

  private final Function<ReleaseRequest, ReleaseAnswer> release;
  private final Operators operators;

  /**
   * The route.
   *
   * @param release the use case
   */
  public ReleaseWaveRoute(Function<ReleaseRequest, ReleaseAnswer> release, TrustedCallers trusted) {
    this.release = release;
    this.operators = new Operators(trusted);
  }

  @Override
  public WebResponse answer(WebRequest request) {
    String actor = operators.actor(request, AppRole.OPERATOR, AppRole.APPROVER);
    ChangeGuard.check(request);
    ReleaseAnswer answer = release.apply(wish(request, actor));
    if (answer instanceof ReleaseAnswer.Released released) {
      return Json.answer(200, json(released.key().shortName(), released.release()));
    }
    throw problem(((ReleaseAnswer.Declined) answer).cause()).found();
  }

  private static ReleaseRequest wish(WebRequest request, String actor) {
    List<InputProblem> problems = new ArrayList<>();
    String key = key(request, problems);
    String requestKey = RequestKey.in(request, problems);
    ObjectNode json =
        Body.in(request.body(), EXAMPLE, problems)
            .orElseThrow(() -> Problem.badInput(problems).found());
    checkNames(json, problems);
    String reason = Why.in(json, problems);
    String version = version(json.path(VERSION), problems);
    Integer wave = wave(json.path(WAVE), problems);
    if (!problems.isEmpty()) {
      throw Problem.badInput(problems).found();
    }
    return new ReleaseRequest(key, version, wave, actor, reason, requestKey);
  }

  private static String key(WebRequest request, List<InputProblem> problems) {
    String key = request.segment("key").toLowerCase(Locale.ROOT);
    if (!KEY_FORM.matcher(key).matches()) {
      problems.add(
          new InputProblem(
              "key",
              "is no key's name; expected in the path: the name of its vault, a dot, and its own",
              "send it as in example.etcd"));
    }
    return key;
  }

  private static void checkNames(ObjectNode json, List<InputProblem> problems) {
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (!KNOWN.contains(name)) {
                problems.add(
                    new InputProblem("(a member)", "is unknown; known: " + KNOWN, "leave it out"));
              }
            });
  }

  private static @Nullable String version(JsonNode json, List<InputProblem> problems) {
    if (json.isMissingNode()) {
      return null;
    }
    String text = json.isTextual() ? json.textValue() : "";
    if (!VERSION_FORM.matcher(text).matches()) {
      problems.add(
          new InputProblem(
              VERSION,
              "has another form; expected: the last part of the URL of a key version",
              "take it from newestKeyId of GET /api/clusters, or leave it out for the newest"));
    }
    return text;
  }

  private static @Nullable Integer wave(JsonNode json, List<InputProblem> problems) {
    if (json.isMissingNode()) {
      return null;
    }
    if (!json.isInt() || json.intValue() < 0 || json.intValue() > MOST_WAVE) {
      problems.add(
          new InputProblem(
              WAVE,
              "has another form; expected: a whole number from 0 to " + MOST_WAVE,
              "name the last wave to be released, or leave it out for all"));
      return null;
    }
    return json.intValue();
  }

  static ObjectNode json(String key, WaveRelease release) {
    return json(release).put("key", key);
  }

  static ObjectNode json(WaveRelease release) {
    return Json.object()
        .put("keyId", release.version().url())
        .put(WAVE, release.upTo())
        .put("actor", release.actor())
        .put("reason", release.reason())
        .put("at", release.at().toString());
  }

  private static Problem problem(ReleaseAnswer.Cause cause) {
    int status = cause == ReleaseAnswer.Cause.UNKNOWN_KEY ? 404 : 409;
    return Problem.of(status, cause.token(), cause.sentence(), cause.remedy());
  }
}
