package dev.rekey.simulation.azure;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.key.KeyId;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A cluster to be made: what matters to Rekey, while the body that comes of it holds what ARM has
 * besides.
 *
 * @param resourceId its ARM id
 * @param keyId the customer's key, with or without a version; null if KMS is off
 * @param kubernetesVersion such as {@code 1.33.5}
 * @param platformEncrypted whether the platform encrypts with keys of its own
 */
public record NewCluster(
    String resourceId,
    @Nullable String keyId,
    String kubernetesVersion,
    boolean platformEncrypted,
    Map<String, String> tags) {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String PROVIDER = "/providers/Microsoft.ContainerService/managedClusters/";

  public NewCluster {
    tags = Map.copyOf(tags);
  }

  /** A cluster on Kubernetes 1.33 without KMS, in a subscription and resource group made up. */
  public static NewCluster named(String name) {
    return in("/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/clusters", name);
  }

  /**
   * The same in a given place.
   *
   * @param group the ARM id of a resource group
   */
  public static NewCluster in(String group, String name) {
    return new NewCluster(group + PROVIDER + name, null, "1.33.5", false, Map.of());
  }

  public NewCluster withKey(KeyId version) {
    return withKey(version.url());
  }

  /** With any text as {@code keyId}. */
  public NewCluster withKey(String text) {
    return new NewCluster(resourceId, text, kubernetesVersion, platformEncrypted, tags);
  }

  public NewCluster onKubernetes(String version) {
    return new NewCluster(resourceId, keyId, version, platformEncrypted, tags);
  }

  public NewCluster encryptedByPlatform() {
    return new NewCluster(resourceId, keyId, kubernetesVersion, true, tags);
  }

  public NewCluster tagged(String name, String value) {
    Map<String, String> more = new TreeMap<>(tags);
    more.put(name, value);
    return new NewCluster(resourceId, keyId, kubernetesVersion, platformEncrypted, more);
  }

  /** The body as ARM shows it, with members that no model knows in several places. */
  ObjectNode body() {
    ObjectNode body = JSON.createObjectNode();
    body.put("id", resourceId);
    body.put("name", resourceId.substring(resourceId.lastIndexOf('/') + 1));
    body.put("type", "Microsoft.ContainerService/ManagedClusters");
    body.put("location", "westeurope");
    new TreeMap<>(tags).forEach(body.putObject("tags")::put);
    body.putObject("sku").put("name", "Base").put("tier", "Standard").put("unknownToModels", 1);
    body.set("identity", identity());
    body.set("properties", properties());
    body.put("unknownToModels", "kept");
    return body;
  }

  private ObjectNode identity() {
    ObjectNode identity = JSON.createObjectNode().put("type", "UserAssigned");
    String group = resourceId.substring(0, resourceId.indexOf(PROVIDER));
    identity
        .putObject("userAssignedIdentities")
        .putObject(
            group + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/control-plane")
        .put("clientId", "00000000-0000-0000-0000-000000000002")
        .put("principalId", "00000000-0000-0000-0000-000000000003");
    return identity;
  }

  private ObjectNode properties() {
    ObjectNode properties = JSON.createObjectNode();
    properties.put("provisioningState", "Succeeded");
    properties.putObject("powerState").put("code", "Running");
    properties.put("kubernetesVersion", kubernetesVersion);
    properties.put("currentKubernetesVersion", kubernetesVersion);
    properties.put(
        "nodeResourceGroup", "MC_" + resourceId.substring(resourceId.lastIndexOf('/') + 1));
    properties
        .putArray("agentPoolProfiles")
        .addObject()
        .put("name", "pool")
        .put("count", 3)
        .put("mode", "System")
        .put("provisioningState", "Succeeded")
        .put("unknownToModels", 1.50);
    properties
        .putObject("networkProfile")
        .put("networkPlugin", "azure")
        .putArray("unknownToModels")
        .add("first")
        .add("second");
    ObjectNode profile = properties.putObject("securityProfile");
    if (keyId != null) {
      profile.set("azureKeyVaultKms", kms(keyId));
    }
    profile
        .putObject("kubernetesResourceObjectEncryptionProfile")
        .put("infrastructureEncryption", platformEncrypted ? "Enabled" : "Disabled")
        .put("unknownToModels", true);
    profile.putObject("unknownToModels").putNull("empty");
    properties.putObject("unknownToModels").put("deep", true).putNull("empty");
    return properties;
  }

  private static ObjectNode kms(String keyId) {
    ObjectNode kms = JSON.createObjectNode();
    kms.put("enabled", true);
    kms.put("keyId", keyId);
    kms.put("keyVaultNetworkAccess", "Public");
    kms.put("keyVaultResourceId", "");
    kms.put("unknownToModels", "kept");
    return kms;
  }
}
