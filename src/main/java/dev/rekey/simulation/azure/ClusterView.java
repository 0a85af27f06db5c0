package dev.rekey.simulation.azure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.ShownKms;
import dev.rekey.operation.ShownUpgrade;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** What Rekey sees in a cluster's body. */
final class ClusterView {
  private ClusterView() {}

  static ManagedCluster of(JsonNode body) {
    String id = body.path("id").asText();
    return new ManagedCluster(
        ClusterName.ofArmId(id),
        id,
        experience(body),
        kms(body.at("/properties/securityProfile/azureKeyVaultKms")),
        kubernetesVersion(body),
        new ShownUpgrade(
            body.at("/properties/kubernetesVersion").asText(""), takesNodesAlong(body)),
        body.path("eTag").asText(),
        body.at("/properties/provisioningState").asText(),
        tags(body));
  }

  /** What the member of that name shows; nothing if it isn't there. */
  static ShownKms kms(JsonNode kms) {
    return new ShownKms(
        kms.path("enabled").asBoolean(false),
        kms.path("keyId").textValue(),
        kms.path("keyVaultNetworkAccess").textValue(),
        kms.path("keyVaultResourceId").textValue());
  }

  private static String kubernetesVersion(JsonNode body) {
    String wanted = body.at("/properties/kubernetesVersion").asText("");
    return body.at("/properties/currentKubernetesVersion").asText(wanted);
  }

  private static boolean takesNodesAlong(JsonNode body) {
    boolean isOfOnePool = body.at("/properties/maxAgentPools").asInt(8) < 8;
    return isOfOnePool
        || StreamSupport.stream(body.at("/properties/agentPoolProfiles").spliterator(), false)
            .anyMatch(pool -> pool.path("type").asText("").equals("AvailabilitySet"));
  }

  private static KmsExperience experience(JsonNode body) {
    JsonNode profile = body.at("/properties/securityProfile");
    JsonNode kms = profile.path("azureKeyVaultKms");
    return KmsExperience.of(
        kms.path("enabled").asBoolean(false),
        kms.path("keyId").textValue(),
        profile
            .at("/kubernetesResourceObjectEncryptionProfile/infrastructureEncryption")
            .textValue(),
        kubernetesVersion(body));
  }

  private static Map<String, String> tags(JsonNode body) {
    Map<String, String> tags = new TreeMap<>();
    body.path("tags").properties().forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
    return tags;
  }
}
