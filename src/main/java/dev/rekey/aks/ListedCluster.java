package dev.rekey.aks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.operation.ManagedCluster;
import org.jspecify.annotations.Nullable;

/**
 * A cluster that was found.
 *
 * @param shown what the list shows of it; null where nobody has listed it, or the list doesn't say
 *     all that a decision may rest on: it must be read by itself then, and is taken for nothing
 *     that it doesn't say
 */
record ListedCluster(ArmScope id, @Nullable ManagedCluster shown) {

  /** One that a setting names. */
  static ListedCluster named(ArmScope id) {
    return new ListedCluster(id, null);
  }

  /**
   * An element of a list.
   *
   * @throws dev.rekey.service.port.OutsideFault with {@code MALFORMED} if it is no cluster
   */
  static ListedCluster of(String doing, JsonNode element) {
    ArmScope id =
        ArmScope.parse(String.valueOf(element.path("id").textValue()))
            .filter(ArmScope::isCluster)
            .orElseThrow(() -> ArmFaults.malformed(doing, "it lists something that is no cluster"));
    return element instanceof ObjectNode body && saysAll(body)
        ? new ListedCluster(id, new ClusterBody(doing, id, body).view())
        : named(id);
  }

  /** The same, with what another list shows of it where this one doesn't. */
  ListedCluster or(ListedCluster other) {
    return shown == null ? other : this;
  }

  private static boolean saysAll(ObjectNode body) {
    JsonNode properties = body.path("properties");
    return isText(body.path("eTag"))
        && isText(properties.path("provisioningState"))
        && (isText(properties.path("currentKubernetesVersion"))
            || isText(properties.path("kubernetesVersion")))
        && isObjectOrAbsent(body.path("tags"))
        && saysHowItEncrypts(properties.path("securityProfile"));
  }

  /** Nothing at all says that it doesn't, in a body that was asked for too. */
  private static boolean saysHowItEncrypts(JsonNode profile) {
    JsonNode kms = profile.path("azureKeyVaultKms");
    boolean isOn = kms.path("enabled").asBoolean(false);
    return isObjectOrAbsent(profile)
        && isObjectOrAbsent(profile.path("kubernetesResourceObjectEncryptionProfile"))
        && (StrictMember.isAbsent(kms) || kms.path("enabled").isBoolean())
        && (!isOn || isText(kms.path("keyId")));
  }

  private static boolean isText(JsonNode member) {
    String text = member.textValue();
    return text != null && !text.isBlank();
  }

  private static boolean isObjectOrAbsent(JsonNode member) {
    return StrictMember.isAbsent(member) || member.isObject();
  }
}
