package dev.rekey.operation.recipe;

import java.util.List;

/** The commands for identity, vault, rights and key. */
final class VaultCommands {
  /** Azure RBAC is the default of newer releases of the CLI, access policies were of older ones. */
  private static final String IDENTITY_AND_VAULT =
      """
      say 'Resource group'
      az group create --name "$RESOURCE_GROUP" --location "$LOCATION" --output none

      say 'Identity of the cluster'
      az identity create --name "$IDENTITY" --resource-group "$RESOURCE_GROUP" --location "$LOCATION" --output none
      IDENTITY_ID=$(az identity show --name "$IDENTITY" --resource-group "$RESOURCE_GROUP" --query id --output tsv)
      PRINCIPAL_ID=$(az identity show --name "$IDENTITY" --resource-group "$RESOURCE_GROUP" --query principalId --output tsv)

      # Soft delete is on in every vault. With purge protection nobody can destroy a key for good in its 90
      # days: Secrets whose key is gone are gone. It can't be switched off again.
      say 'Vault'
      az keyvault create --name "$VAULT" --resource-group "$RESOURCE_GROUP" --location "$LOCATION" \\
        --enable-rbac-authorization %s --enable-purge-protection true --retention-days 90 \\
        --public-network-access Enabled --output none
      VAULT_ID=$(az keyvault show --name "$VAULT" --resource-group "$RESOURCE_GROUP" --query id --output tsv)
      """;

  private static final String ROLE =
      """

      # %s
      az role assignment create --role "%s" --scope "$VAULT_ID" \\
        --assignee-object-id "$PRINCIPAL_ID" --assignee-principal-type ServicePrincipal --output none
      """;

  private static final String POLICY =
      """

      # To encrypt and decrypt is all that AKS asks of the key.
      az keyvault set-policy --name "$VAULT" --resource-group "$RESOURCE_GROUP" \\
        --object-id "$PRINCIPAL_ID" --key-permissions encrypt decrypt --output none
      """;

  private static final String OWN_RIGHTS =
      """
      # Who makes a vault has no right to its keys. For a service principal, which is no signed-in user, set
      # MY_ID to its object id and MY_TYPE to ServicePrincipal.
      # When you need it no more: az role assignment delete --role "%1$s" --assignee "$MY_ID" --scope "$VAULT_ID"
      say 'Your right to make the key'
      MY_ID=${MY_ID:-$(az ad signed-in-user show --query id --output tsv)}
      MY_TYPE=${MY_TYPE:-User}
      az role assignment create --role "%1$s" --scope "$VAULT_ID" \\
        --assignee-object-id "$MY_ID" --assignee-principal-type "$MY_TYPE" --output none

      # It takes up to ten minutes to spread. Only a list is tried again: a key made twice has two versions.
      for try in {1..20}; do
        if az keyvault key list --vault-name "$VAULT" --output none 2>/dev/null; then break; fi
        echo "not yet, try $try of 20"
        sleep 30
      done
      az keyvault key list --vault-name "$VAULT" --output none
      """;

  /** The first version's expiry is set with it: a rotation policy is about later ones only. */
  private static final String KEY =
      """
      # The policy's expiry is that of later versions; the first one gets its own here. The first form of date is
      # Linux's, the second macOS'.
      say 'Key'
      EXPIRES=$(date -u -d '+%1$d days' '+%%Y-%%m-%%dT%%H:%%M:%%SZ' 2>/dev/null || date -u -v '+%1$dd' '+%%Y-%%m-%%dT%%H:%%M:%%SZ')
      az keyvault key create --vault-name "$VAULT" --name "$KEY" --kty RSA --ops encrypt decrypt \\
        --expires "$EXPIRES" --output none
      az keyvault key rotation-policy update --vault-name "$VAULT" --name "$KEY" --output none --value '{
        "lifetimeActions": [
          {"trigger": {"timeAfterCreate": "%2$s"}, "action": {"type": "Rotate"}},
          {"trigger": {"timeBeforeExpiry": "P30D"}, "action": {"type": "Notify"}}
        ],
        "attributes": {"expiryTime": "%3$s"}
      }'
      KEY_ID=$(az keyvault key show --vault-name "$VAULT" --name "$KEY" --query key.kid --output tsv)
      echo "$KEY_ID"
      """;

  private static final String CLOSING =
      """
      # From here on the vault is reached over private endpoints only. The vault itself still makes new versions.
      say 'No public access to the vault'
      az keyvault update --name "$VAULT" --resource-group "$RESOURCE_GROUP" --public-network-access Disabled --output none
      """;

  private VaultCommands() {}

  static String identityAndVault(NewCluster wanted) {
    return IDENTITY_AND_VAULT.formatted(wanted.usesRoles());
  }

  static String rightsOfTheIdentity(NewCluster wanted) {
    String toUseTheKey =
        wanted.usesRoles()
            ? role(VaultRole.CRYPTO_USER, "To encrypt and decrypt is what AKS asks of the key.")
            : POLICY;
    String toConnect =
        wanted.isPrivate()
            ? role(VaultRole.CONTRIBUTOR, "To approve the private endpoint that AKS makes.")
            : "";
    return "say 'Rights of the identity'" + toUseTheKey + toConnect;
  }

  /** None where the vault has access policies: who makes it gets all rights to its keys. */
  static List<String> ownRights(NewCluster wanted) {
    return wanted.usesRoles()
        ? List.of(OWN_RIGHTS.formatted(VaultRole.CRYPTO_OFFICER.title()))
        : List.of();
  }

  static String key(NewCluster wanted) {
    KeyLife life = wanted.life();
    return KEY.formatted(life.expireAfterDays(), life.rotateAfter(), life.expireAfter());
  }

  static List<String> closing(NewCluster wanted) {
    return wanted.isPrivate() ? List.of(CLOSING) : List.of();
  }

  private static String role(VaultRole role, String why) {
    return ROLE.formatted(why, role.title());
  }
}
