package dev.rekey.operation.recipe;

/**
 * A new cluster as a Bicep file, with the same outcome as the script. Its key is made through Azure
 * Resource Manager, which a vault's network rules don't hold up: a private vault is never open.
 */
public final class NewClusterBicep {
  private static final String HEAD =
      """
      // A new AKS cluster that encrypts its Secrets with a key of yours: %1$s.
      // Printed by rekey plan enable --new, which has contacted nothing and changed nothing.
      //
      // Deploy it twice: first all but the cluster, then the cluster with the key version that has been made.
      %2$s//
      //   az group create --name '%3$s' --location '%4$s'
      //   KEY_ID=$(az deployment group create --resource-group '%3$s' --template-file FILE \\
      //     --query properties.outputs.newestKeyId.value --output tsv)
      %9$s//   az deployment group create --resource-group '%3$s' --template-file FILE --parameters keyId="$KEY_ID"
      //   az aks show --resource-group '%3$s' --name '%5$s' --query securityProfile.azureKeyVaultKms
      //
      // Deployed again without keyId it leaves the cluster alone. With it, keyId must be the version that AKS
      // shows, not the newest: a deployment changes the version and rewrites no Secret, and done twice, nobody
      // can read those that lie under the first one.
      //
      // The key: the vault makes a new version every %6$d days, and each expires after %7$d. AKS needs the
      // current and the previous version, so each has to outlive two rotations; %8$d days are left for one that
      // comes late. No cluster takes a new version by itself: Rekey's function app gives it, or a person. The
      // version in use must never expire.
      """;

  private static final String SPREADING =
      """
      // Between them role assignments need up to ten minutes to spread, which no deployment waits for. %s
      """;

  private static final String REFUSED =
      """
      AKS
      // refuses a cluster whose identity may not use the key yet.\
      """;

  private static final String NOT_TRIED =
      """
      AKS
      // can't try the identity's rights on a private vault.\
      """;

  private static final String PARAMETERS =
      """

      param clusterName string = '%s'
      param location string = '%s'
      param vaultName string = '%s'
      param keyName string = '%s'
      param identityName string = '%s'

      @description('The size of the nodes.')
      param nodeSize string = 'Standard_D4s_v5'

      @description('The key version of the cluster, as a URL. Empty: no cluster is deployed.')
      param keyId string = ''

      @description('The expiry of the first key version is reckoned from it. A key that is there is left as it is.')
      param now string = utcNow()
      """;

  private NewClusterBicep() {}

  /** The whole file, with comments that explain it and a line break at its end. */
  public static String of(NewCluster wanted) {
    return head(wanted)
        + parameters(wanted.names())
        + BicepVault.of(wanted)
        + BicepCluster.of(wanted);
  }

  private static String head(NewCluster wanted) {
    Names names = wanted.names();
    KeyLife life = wanted.life();
    return HEAD.formatted(
        wanted.title(),
        wanted.waitsForRoles() ? SPREADING.formatted(wanted.isPrivate() ? NOT_TRIED : REFUSED) : "",
        names.resourceGroup(),
        names.location(),
        names.cluster(),
        life.rotateAfterDays(),
        life.expireAfterDays(),
        life.marginDays(),
        wanted.waitsForRoles() ? "//   sleep 600\n" : "");
  }

  private static String parameters(Names names) {
    return PARAMETERS.formatted(
        names.cluster(), names.location(), names.vault(), names.key(), names.identity());
  }
}
