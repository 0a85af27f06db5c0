package dev.rekey.aks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.key.KeyId;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.ManagedCluster;
import java.util.Map;
import java.util.TreeMap;

/**
 * The body of a cluster as ARM shows it. Of its members only those that are named here are looked
 * at, and one is ever changed.
 */
final class ClusterBody {
  private final ArmScope id;
  private final ObjectNode body;

  /**
   * A body that was asked for.
   *
   * @param doing what it was asked for, in case it can't be used
   * @throws dev.rekey.service.port.OutsideFault with {@code MALFORMED} if it is another cluster's,
   *     or carries no ETag: without one an update would overwrite whatever others did
   */
  ClusterBody(String doing, ArmScope id, ObjectNode body) {
    this.id = id;
    this.body = body;
    if (!id.isSameAs(body.path("id").textValue())) {
      throw ArmFaults.malformed(doing, "it answers with another resource than " + id);
    }
    if (etag().isBlank()) {
      throw ArmFaults.malformed(
          doing, "it shows no eTag, without which a change could undo somebody else's");
    }
  }

  String etag() {
    return body.path("eTag").asText("");
  }

  ManagedCluster view() {
    return new ManagedCluster(
        id.name(),
        body.path("id").asText(),
        experience(),
        kms().path("keyId").textValue(),
        etag(),
        body.at("/properties/provisioningState").asText(""),
        tags());
  }

  /** The same body with another key, and nothing else changed. It has a key already. */
  ObjectNode withKey(KeyId key) {
    ObjectNode changed = body.deepCopy();
    ((ObjectNode) changed.at("/properties/securityProfile/azureKeyVaultKms"))
        .put("keyId", key.url());
    return changed;
  }

  private KmsExperience experience() {
    JsonNode properties = body.path("properties");
    String wanted = properties.path("kubernetesVersion").asText("");
    return KmsExperience.of(
        kms().path("enabled").asBoolean(false),
        kms().path("keyId").textValue(),
        properties
            .at("/securityProfile/kubernetesResourceObjectEncryptionProfile")
            .path("infrastructureEncryption")
            .textValue(),
        properties.path("currentKubernetesVersion").asText(wanted));
  }

  private JsonNode kms() {
    return body.at("/properties/securityProfile/azureKeyVaultKms");
  }

  private Map<String, String> tags() {
    Map<String, String> tags = new TreeMap<>();
    body.path("tags").properties().forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
    return tags;
  }
}
