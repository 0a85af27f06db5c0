package dev.rekey.simulation.azure;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A vault as a resource to be made: roles decide on its keys, it is open to all networks, and what
 * is deleted can be brought back.
 *
 * @param resourceId its ARM id
 * @param tenant a GUID
 */
public record NewVault(String resourceId, String tenant) {
  private static final JsonMapper JSON = new JsonMapper();

  /** A vault in a resource group. */
  public static NewVault in(String group, String name, String tenant) {
    return new NewVault(group + "/providers/Microsoft.KeyVault/vaults/" + name, tenant);
  }

  /** The body as ARM shows it. */
  public ObjectNode body() {
    String name = resourceId.substring(resourceId.lastIndexOf('/') + 1);
    ObjectNode body = JSON.createObjectNode();
    body.put("id", resourceId).put("name", name).put("type", "Microsoft.KeyVault/vaults");
    body.put("location", "westeurope").putObject("tags");
    ObjectNode properties = body.putObject("properties");
    properties.putObject("sku").put("family", "A").put("name", "standard");
    properties.put("tenantId", tenant);
    properties
        .putObject("networkAcls")
        .put("bypass", "AzureServices")
        .put("defaultAction", "Allow");
    properties.putArray("accessPolicies");
    properties.put("enabledForDeployment", false);
    properties.put("enableSoftDelete", true).put("softDeleteRetentionInDays", 90);
    properties.put("enableRbacAuthorization", true).put("enablePurgeProtection", true);
    properties.put("vaultUri", "https://" + name + ".vault.azure.net/");
    properties.put("provisioningState", "Succeeded").put("publicNetworkAccess", "Enabled");
    return body;
  }
}
