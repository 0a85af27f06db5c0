package dev.rekey.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.key.Cloud;
import dev.rekey.key.InvalidKeyId;
import dev.rekey.key.KeyId;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The body that asks for a rotation; notes all that is wrong with it. */
final class RotationBody {
  private static final Set<String> MEMBERS =
      Set.of("kind", "targetKeyId", "expectedKeyId", "reason");
  private static final Set<String> NOT_BUILT =
      Set.of(
          "reencrypt",
          "census",
          "enable",
          "disable",
          "change-vault-access",
          "migrate-to-kms-v2",
          "recover-expired-key",
          "recover-dropped-key",
          "return");
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,40}");
  private static final Pattern REASON =
      Pattern.compile("[^\\p{Cntrl}\\p{Cf}\\u2028\\u2029]{1,500}");
  private static final String EXAMPLE = "{\"kind\":\"rotate\",\"reason\":\"yearly rotation\"}";

  private final Cloud cloud;
  private final List<InputProblem> problems;
  private final ObjectNode json;

  private RotationBody(Cloud cloud, List<InputProblem> problems, ObjectNode json) {
    this.cloud = cloud;
    this.problems = problems;
    this.json = json;
  }

  /** What was asked for; only of use if no problem was noted. */
  record Wish(@Nullable KeyId targetKeyId, @Nullable KeyId expectedKeyId, String reason) {}

  /** Reads it, and adds what is wrong with it to the problems. */
  static Wish read(String text, Cloud cloud, List<InputProblem> problems) {
    ObjectNode json = Json.read(text).orElse(null);
    if (json == null) {
      problems.add(
          new InputProblem(
              "body",
              "is empty, no JSON object, or names a member twice",
              "send, with a Content-Length, for example " + EXAMPLE));
      return new Wish(null, null, "");
    }
    return new RotationBody(cloud, problems, json).wish();
  }

  private Wish wish() {
    json.fieldNames().forEachRemaining(this::checkName);
    checkKind();
    return new Wish(keyId("targetKeyId"), keyId("expectedKeyId"), reason());
  }

  private void checkName(String name) {
    if (!MEMBERS.contains(name)) {
      String shown = PLAIN_NAME.matcher(name).matches() ? name : "(a member)";
      note(shown, "is unknown; known: kind, targetKeyId, expectedKeyId, reason", "leave it out");
    }
  }

  private void checkKind() {
    String kind = json.path("kind").asText("");
    if (NOT_BUILT.contains(kind)) {
      note("kind", kind + " is not built yet over HTTP; expected: rotate", "send \"rotate\"");
    } else if (!kind.equals("rotate")) {
      note("kind", "is missing or unknown; expected: rotate", "send, for example, " + EXAMPLE);
    }
  }

  private @Nullable KeyId keyId(String name) {
    JsonNode member = json.path(name);
    if (member.isMissingNode() || member.isNull()) {
      return null;
    }
    try {
      return KeyId.parse(member.isTextual() ? member.textValue() : "", cloud);
    } catch (InvalidKeyId invalid) {
      note(
          name,
          "is no URL of a key version in this cloud; expected: https://<vault>."
              + cloud.vaultSuffix()
              + "/keys/<name>/<version>",
          "copy the key identifier of the version from the vault, or leave the member out");
      return null;
    }
  }

  private String reason() {
    String text = json.path("reason").isTextual() ? json.path("reason").textValue().strip() : "";
    if (!REASON.matcher(text).matches()) {
      note(
          "reason",
          "is missing or has another form; expected: one line of 1 to 500 characters",
          "say why the key is rotated, for example \"yearly rotation\"");
    }
    return text;
  }

  private void note(String member, String problem, String remedy) {
    problems.add(new InputProblem(member, problem, remedy));
  }
}
