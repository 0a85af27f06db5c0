package dev.rekey.operation.recipe;

import java.util.List;

/** The commands for the cluster itself, and those that look at what AKS made of them. */
final class ClusterCommands {
  private static final String WAITING =
      """
      # Nothing tells when the identity's roles have spread: ten minutes are what Azure says at most.
      say 'Ten minutes for the roles to spread'
      sleep 600
      """;

  private static final String CLUSTER =
      """
      say 'Cluster'
      az aks create --name "$CLUSTER" --resource-group "$RESOURCE_GROUP" --location "$LOCATION" \\
        --assign-identity "$IDENTITY_ID" \\
        --enable-azure-keyvault-kms \\
        --azure-keyvault-kms-key-id "$KEY_ID" \\
        --azure-keyvault-kms-key-vault-network-access %s \\
      %s  --generate-ssh-keys --output none
      """;

  private static final String PRIVATE_REASON =
      """
      # A private vault is reached through API Server VNet Integration only, which stays for good. The network
      # here is one that AKS makes. With one of your own, add --vnet-subnet-id and --apiserver-subnet-id (a
      # subnet delegated to Microsoft.ContainerService/managedClusters, /28 or larger), and give the identity
      # Network Contributor on both. Not every region has room for it at all times: AKS says so then.
      """;

  private static final String PRIVATE_FLAGS =
      """
        --azure-keyvault-kms-key-vault-resource-id "$VAULT_ID" \\
        --network-plugin azure --enable-apiserver-vnet-integration \\
      """;

  private static final String VERIFICATION =
      """
      say 'What AKS has taken'
      az aks show --name "$CLUSTER" --resource-group "$RESOURCE_GROUP" --query securityProfile.azureKeyVaultKms --output json
      TAKEN=$(az aks show --name "$CLUSTER" --resource-group "$RESOURCE_GROUP" --output tsv --query \\
        "securityProfile.azureKeyVaultKms.join(' ', [to_string(enabled), keyId, keyVaultNetworkAccess])")
      if [ "$TAKEN" != "true $KEY_ID %s" ]; then
        echo "AKS shows something else than was asked for: $TAKEN" >&2
        exit 1
      fi
      """;

  private static final String VNET_VERIFICATION =
      """
      INTEGRATED=$(az aks show --name "$CLUSTER" --resource-group "$RESOURCE_GROUP" --output tsv --query \\
        apiServerAccessProfile.enableVnetIntegration)
      if [ "$INTEGRATED" != true ]; then
        echo 'the cluster has no API Server VNet Integration' >&2
        exit 1
      fi
      """;

  private static final String COUNT =
      """
      # That every Secret lies under the key is shown by a count, which changes nothing:
      #   rekey census --kubeconfig FILE
      """;

  private ClusterCommands() {}

  static List<String> waiting(NewCluster wanted) {
    return wanted.waitsForRoles() ? List.of(WAITING) : List.of();
  }

  static String cluster(NewCluster wanted) {
    String flags = wanted.isPrivate() ? PRIVATE_FLAGS : "";
    return (wanted.isPrivate() ? PRIVATE_REASON : "")
        + CLUSTER.formatted(wanted.access().token(), flags);
  }

  static String verification(NewCluster wanted) {
    return VERIFICATION.formatted(wanted.access().token())
        + (wanted.isPrivate() ? VNET_VERIFICATION : "")
        + COUNT;
  }
}
