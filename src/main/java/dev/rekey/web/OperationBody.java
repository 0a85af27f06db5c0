package dev.rekey.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.key.Cloud;
import dev.rekey.key.InvalidKeyId;
import dev.rekey.key.KeyId;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KubernetesVersion;
import dev.rekey.operation.NetworkAccess;
import dev.rekey.service.OperationRequest;
import dev.rekey.service.WantedChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The body that asks for an operation; notes all that is wrong with it. */
final class OperationBody {
  private static final String TARGET = "targetKeyId";
  private static final String ACCESS = "networkAccess";
  private static final String VAULT = "keyVaultResourceId";
  private static final String UPGRADE = "upgradeTo";

  /** Members that any kind knows. */
  private static final List<String> COMMON = List.of("kind", "expectedKeyId", "reason");

  /** What each kind knows besides. */
  private static final Map<Kind, List<String>> MEMBERS =
      Map.of(
          Kind.ROTATE, List.of(TARGET, ACCESS, VAULT),
          Kind.ENABLE, List.of(TARGET, ACCESS, VAULT),
          Kind.CHANGE_VAULT_ACCESS, List.of(ACCESS, VAULT),
          Kind.MIGRATE_TO_KMS_V2, List.of(TARGET, ACCESS, VAULT, UPGRADE),
          Kind.RECOVER_EXPIRED_KEY, List.of(TARGET),
          Kind.DISABLE, List.of(),
          Kind.RETURN, List.of(TARGET),
          Kind.RECOVER_DROPPED_KEY, List.of(TARGET, ACCESS, VAULT),
          Kind.REENCRYPT, List.of(),
          Kind.CENSUS, List.of());

  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,40}");
  private static final String EXAMPLE = "{\"kind\":\"rotate\",\"reason\":\"yearly rotation\"}";

  private final Cloud cloud;
  private final List<InputProblem> problems;
  private final ObjectNode json;
  private final boolean forPlan;

  private OperationBody(
      Cloud cloud, List<InputProblem> problems, ObjectNode json, boolean forPlan) {
    this.forPlan = forPlan;
    this.cloud = cloud;
    this.problems = problems;
    this.json = json;
  }

  /** What was asked for; only of use if no problem was noted. */
  record Wish(
      Kind kind,
      @Nullable KeyId targetKeyId,
      @Nullable KeyId expectedKeyId,
      @Nullable NetworkAccess networkAccess,
      @Nullable String vaultResourceId,
      @Nullable KubernetesVersion upgradeTo,
      String reason) {
    WantedChange wanted() {
      return new WantedChange(
          kind, expectedKeyId, targetKeyId, networkAccess, vaultResourceId, upgradeTo);
    }
  }

  /** Reads it, and adds what is wrong with it to the problems. */
  static Wish read(String text, Cloud cloud, List<InputProblem> problems) {
    return read(text, cloud, problems, false);
  }

  /** The same of one that begins nothing, so that nobody need say why. */
  static Wish readForPlan(String text, Cloud cloud, List<InputProblem> problems) {
    return read(text, cloud, problems, true);
  }

  private static Wish read(String text, Cloud cloud, List<InputProblem> problems, boolean forPlan) {
    return Body.in(text, EXAMPLE, problems)
        .map(json -> new OperationBody(cloud, problems, json, forPlan).wish())
        .orElse(new Wish(Kind.ROTATE, null, null, null, null, null, ""));
  }

  private Wish wish() {
    Kind kind = kind();
    List<String> known = new ArrayList<>(COMMON);
    known.addAll(MEMBERS.get(kind));
    json.fieldNames().forEachRemaining(name -> checkName(name, kind, known));
    Wish wish =
        new Wish(
            kind,
            keyId(TARGET),
            keyId("expectedKeyId"),
            access(),
            vaultResourceId(),
            upgradeTo(),
            forPlan && isMissing("reason") ? "" : Why.in(json, problems));
    checkComplete(wish);
    return wish;
  }

  private void checkName(String name, Kind kind, List<String> known) {
    if (!known.contains(name)) {
      String shown = PLAIN_NAME.matcher(name).matches() ? name : "(a member)";
      String expected = String.join(", ", known);
      note(shown, "is unknown for " + kind.token() + "; known: " + expected, "leave it out");
    }
  }

  /** What a kind can't do without. */
  private void checkComplete(Wish wish) {
    if (wish.kind() == Kind.ENABLE && isMissing(TARGET)) {
      note(TARGET, "is missing", "name the key version to turn KMS on with");
    }
    if (wish.kind() == Kind.CHANGE_VAULT_ACCESS && isMissing(ACCESS)) {
      note(ACCESS, "is missing; expected: Public or Private", "say how the vault is to be reached");
    }
    if (wish.networkAccess() == NetworkAccess.PRIVATE && isMissing(VAULT)) {
      note(VAULT, "is missing", "name the ARM id of the vault, which AKS needs to reach it");
    }
  }

  private boolean isMissing(String name) {
    return json.path(name).isMissingNode() || json.path(name).isNull();
  }

  private Kind kind() {
    String token = json.path("kind").asText("");
    for (Kind kind : MEMBERS.keySet()) {
      if (kind.token().equals(token)) {
        return kind;
      }
    }
    String expected =
        MEMBERS.keySet().stream().map(Kind::token).sorted().collect(Collectors.joining(", "));
    note("kind", "is missing or unknown; expected: " + expected, "for example " + EXAMPLE);
    return Kind.ROTATE;
  }

  private @Nullable NetworkAccess access() {
    if (isMissing(ACCESS)) {
      return null;
    }
    String text = json.path(ACCESS).isTextual() ? json.path(ACCESS).textValue() : "";
    Optional<NetworkAccess> access = NetworkAccess.of(text);
    if (access.isEmpty()) {
      note(ACCESS, "is neither Public nor Private", "send one of the two");
    }
    return access.orElse(null);
  }

  private @Nullable String vaultResourceId() {
    if (isMissing(VAULT)) {
      return null;
    }
    String text = json.path(VAULT).isTextual() ? json.path(VAULT).textValue() : "";
    if (!OperationRequest.isVaultResourceId(text)) {
      note(
          VAULT,
          "is no ARM id of a vault; expected:"
              + " /subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.KeyVault/vaults/<name>",
          "copy it from az keyvault show --query id");
      return null;
    }
    return text;
  }

  private @Nullable KubernetesVersion upgradeTo() {
    if (isMissing(UPGRADE)) {
      return null;
    }
    String text = json.path(UPGRADE).isTextual() ? json.path(UPGRADE).textValue() : "";
    Optional<KubernetesVersion> version = OperationRequest.upgradeTo(text);
    if (version.isEmpty()) {
      note(
          UPGRADE,
          "is no version to upgrade to; expected: " + OperationRequest.UPGRADE_FORM,
          "copy it from az aks get-upgrades, or leave the member out and upgrade the cluster yourself");
    }
    return version.orElse(null);
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

  private void note(String member, String problem, String remedy) {
    problems.add(new InputProblem(member, problem, remedy));
  }
}
