package dev.rekey.simulation.azure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * Makes around a cluster what every sound one has: its identity, its nodes' scale sets, the vault
 * of its key with the role that KMS needs, and a diagnostic setting of that.
 */
public final class UsualNeighbours {
  /** The tenant of every subscription. */
  public static final String TENANT = "00000000-0000-0000-0000-00000000000a";

  private static final JsonMapper JSON = new JsonMapper();

  private final ArmNeighbours neighbours;

  public UsualNeighbours(ArmNeighbours neighbours) {
    this.neighbours = neighbours;
  }

  /**
   * Makes all of it.
   *
   * @param cluster the cluster's body
   * @param vault the name of its key's vault
   * @return the vault's ARM id
   */
  public String around(JsonNode cluster, String vault) {
    String group = group(cluster.path("id").asText());
    subscription(group);
    scaleSets(cluster, group);
    NewVault made = NewVault.in(group, vault, TENANT);
    neighbours.put(made.body());
    diagnostics(made.resourceId());
    identities(cluster, made.resourceId());
    return made.resourceId();
  }

  /** Makes a vault that was deleted once more, as it was. */
  public void vaultAgain(String resourceId) {
    neighbours.put(new NewVault(resourceId, TENANT).body());
  }

  private void subscription(String group) {
    String id = group.substring(0, group.indexOf("/resourceGroups/"));
    neighbours.put(
        JSON.createObjectNode()
            .put("id", id)
            .put("subscriptionId", id.substring(id.lastIndexOf('/') + 1))
            .put("tenantId", TENANT)
            .put("state", "Enabled"));
  }

  private void scaleSets(JsonNode cluster, String group) {
    String scope = group.substring(0, group.lastIndexOf('/') + 1);
    scope += cluster.at("/properties/nodeResourceGroup").asText();
    for (JsonNode pool : cluster.at("/properties/agentPoolProfiles")) {
      String name = pool.path("name").asText();
      ObjectNode set = JSON.createObjectNode();
      set.put("id", scaleSet(scope, name)).put("name", "aks-" + name + "-vmss");
      set.put("type", "Microsoft.Compute/virtualMachineScaleSets");
      set.putObject("tags").put("aks-managed-poolName", name);
      set.putObject("sku").put("name", "Standard_D4s_v5").set("capacity", pool.path("count"));
      neighbours.put(set);
    }
  }

  /** The id of a pool's scale set in a node resource group. */
  public static String scaleSet(String nodeGroup, String pool) {
    return nodeGroup + "/providers/Microsoft.Compute/virtualMachineScaleSets/aks-" + pool + "-vmss";
  }

  private void diagnostics(String vaultId) {
    ObjectNode setting = JSON.createObjectNode();
    setting.put("id", vaultId + "/providers/microsoft.insights/diagnosticSettings/kms");
    setting.put("type", "Microsoft.Insights/diagnosticSettings").put("name", "kms");
    setting
        .putObject("properties")
        .putArray("logs")
        .addObject()
        .putNull("category")
        .put("categoryGroup", "audit")
        .put("enabled", true);
    neighbours.put(setting);
  }

  private void identities(JsonNode cluster, String vaultId) {
    for (Map.Entry<String, JsonNode> each :
        cluster.at("/identity/userAssignedIdentities").properties()) {
      String principal = each.getValue().path("principalId").asText();
      ObjectNode identity = JSON.createObjectNode();
      identity.put("id", each.getKey());
      identity.put("type", "Microsoft.ManagedIdentity/userAssignedIdentities");
      identity.putObject("properties").put("principalId", principal).put("tenantId", TENANT);
      neighbours.put(identity);
      neighbours.roles().assign(principal, AzureRole.KEY_VAULT_CRYPTO_USER, vaultId);
      neighbours.roles().assign(principal, AzureRole.KEY_VAULT_CONTRIBUTOR, vaultId);
    }
  }

  private static String group(String resourceId) {
    return resourceId.substring(0, resourceId.indexOf("/providers/"));
  }
}
