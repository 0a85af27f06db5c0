package dev.rekey.aks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.KubernetesVersion;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.ShownKms;
import dev.rekey.operation.ShownUpgrade;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * The body of a cluster as ARM shows it. Of its members only those that are named here are looked
 * at, and none but those of KMS and the wanted Kubernetes are ever changed.
 */
final class ClusterBody {
  private static final String KMS = "/properties/securityProfile/azureKeyVaultKms";

  /** A cluster that allows fewer node pools is from before there could be several. */
  private static final int FEWEST_POOLS = 8;

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
        shownKms(),
        kubernetesVersion(),
        new ShownUpgrade(wantedVersion(), takesNodesAlong()),
        etag(),
        body.at("/properties/provisioningState").asText(""),
        tags());
  }

  /** The same body with other settings of KMS, and nothing else changed (promise K3). */
  ObjectNode with(KmsSettings settings) {
    ObjectNode changed = body.deepCopy();
    new KmsMembers(changed.withObject(KMS), shownKms()).set(settings);
    return changed;
  }

  /**
   * The same body with another Kubernetes for the control plane, and nothing else changed (promise
   * K3). Each node pool keeps the {@code orchestratorVersion} that it was read with.
   */
  ObjectNode with(KubernetesVersion version) {
    ObjectNode changed = body.deepCopy();
    changed.withObject("/properties").put("kubernetesVersion", version.toString());
    return changed;
  }

  private ShownKms shownKms() {
    return new ShownKms(
        kms().path("enabled").asBoolean(false),
        kms().path("keyId").textValue(),
        kms().path("keyVaultNetworkAccess").textValue(),
        kms().path("keyVaultResourceId").textValue());
  }

  private KmsExperience experience() {
    return KmsExperience.of(
        kms().path("enabled").asBoolean(false),
        kms().path("keyId").textValue(),
        body.at("/properties/securityProfile/kubernetesResourceObjectEncryptionProfile")
            .path("infrastructureEncryption")
            .textValue(),
        kubernetesVersion());
  }

  /** The running version, not the one that an upgrade is on its way to. */
  private String kubernetesVersion() {
    return body.at("/properties/currentKubernetesVersion").asText(wantedVersion());
  }

  private String wantedVersion() {
    return body.at("/properties/kubernetesVersion").asText("");
  }

  /** As {@code az} tells clusters apart whose node pools can't be upgraded by themselves. */
  private boolean takesNodesAlong() {
    JsonNode mostPools = body.at("/properties/maxAgentPools");
    boolean isOfOnePool = mostPools.isNumber() && mostPools.asInt() < FEWEST_POOLS;
    return isOfOnePool
        || StreamSupport.stream(body.at("/properties/agentPoolProfiles").spliterator(), false)
            .anyMatch(pool -> pool.path("type").asText("").equals("AvailabilitySet"));
  }

  private JsonNode kms() {
    return body.at(KMS);
  }

  private Map<String, String> tags() {
    Map<String, String> tags = new TreeMap<>();
    body.path("tags").properties().forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
    return tags;
  }
}
