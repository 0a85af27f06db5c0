package dev.rekey.operation.recipe;

import java.util.ArrayList;
import java.util.List;

/** The cluster in Bicep. */
final class BicepCluster {
  private static final String CLUSTER =
      """

      resource cluster 'Microsoft.ContainerService/managedClusters@2025-09-01' = if (!empty(keyId)) {
        name: clusterName
        location: location
        identity: {
          type: 'UserAssigned'
          userAssignedIdentities: {
            '${identity.id}': {}
          }
        }
        properties: {
          dnsPrefix: '%s'
          agentPoolProfiles: [
            {
              name: 'nodepool1'
              mode: 'System'
              count: 3
              vmSize: nodeSize
              osType: 'Linux'
              type: 'VirtualMachineScaleSets'
            }
          ]
          networkProfile: {
            networkPlugin: 'azure'
          }
      %s    securityProfile: {
            azureKeyVaultKms: {
              enabled: true
              keyId: keyId
              keyVaultNetworkAccess: '%s'
      %s      }
          }
        }
      %s}

      output newestKeyId string = key.properties.keyUriWithVersion
      """;

  private static final String VNET_INTEGRATION =
      """
          // A private vault is reached through API Server VNet Integration only, which stays for good.
          apiServerAccessProfile: {
            enableVnetIntegration: true
          }
      """;

  private static final String VAULT_ID = "        keyVaultResourceId: vault.id\n";

  private BicepCluster() {}

  static String of(NewCluster wanted) {
    boolean isPrivate = wanted.isPrivate();
    return CLUSTER.formatted(
        wanted.names().dnsPrefix(),
        isPrivate ? VNET_INTEGRATION : "",
        wanted.access().token(),
        isPrivate ? VAULT_ID : "",
        after(wanted));
  }

  /** Nothing in the cluster names key and role assignments, so their order has to be told. */
  private static String after(NewCluster wanted) {
    List<String> symbols = new ArrayList<>(List.of("    key\n"));
    if (wanted.usesRoles()) {
      symbols.add("    mayUse\n");
    }
    if (wanted.isPrivate()) {
      symbols.add("    mayConnect\n");
    }
    return "  dependsOn: [\n" + String.join("", symbols) + "  ]\n";
  }
}
