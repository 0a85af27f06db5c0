package dev.rekey.operation.recipe;

/** Identity, vault, key and rights in Bicep. */
final class BicepVault {
  private static final String IDENTITY =
      """

      // AKS takes no system-assigned identity for KMS: its rights must be there before the cluster is.
      resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
        name: identityName
        location: location
      }
      """;

  private static final String VAULT =
      """

      // With purge protection nobody can destroy a key for good in its 90 days: Secrets whose key is gone are
      // gone. It can't be switched off again.
      resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
        name: vaultName
        location: location
        properties: {
          tenantId: subscription().tenantId
          sku: {
            family: 'A'
            name: 'standard'
          }
          enableRbacAuthorization: %s
          accessPolicies: %s
          enableSoftDelete: true
          softDeleteRetentionInDays: 90
          enablePurgeProtection: true
          publicNetworkAccess: '%s'
        }
      }
      """;

  private static final String POLICIES =
      """
      [
            {
              tenantId: subscription().tenantId
              objectId: identity.properties.principalId
              permissions: {
                keys: [
                  'encrypt'
                  'decrypt'
                ]
              }
            }
          ]\
      """;

  private static final String KEY =
      """

      // Azure Resource Manager makes the first version and never changes a key that is there.
      resource key 'Microsoft.KeyVault/vaults/keys@2023-07-01' = {
        parent: vault
        name: keyName
        properties: {
          kty: 'RSA'
          keyOps: [
            'encrypt'
            'decrypt'
          ]
          attributes: {
            enabled: true
            exp: dateTimeToEpoch(dateTimeAdd(now, '%2$s'))
          }
          rotationPolicy: {
            lifetimeActions: [
              {
                trigger: {
                  timeAfterCreate: '%1$s'
                }
                action: {
                  type: 'rotate'
                }
              }
              {
                trigger: {
                  timeBeforeExpiry: 'P30D'
                }
                action: {
                  type: 'notify'
                }
              }
            ]
            attributes: {
              expiryTime: '%2$s'
            }
          }
        }
      }
      """;

  private static final String ROLE =
      """

      // %1$s: %2$s
      resource %3$s 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
        scope: vault
        name: guid(vault.id, identity.id, '%4$s')
        properties: {
          principalId: identity.properties.principalId
          principalType: 'ServicePrincipal'
          roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '%4$s')
        }
      }
      """;

  private BicepVault() {}

  static String of(NewCluster wanted) {
    return IDENTITY + vault(wanted) + key(wanted.life()) + roles(wanted);
  }

  private static String vault(NewCluster wanted) {
    return VAULT.formatted(
        wanted.usesRoles(),
        wanted.usesRoles() ? "[]" : POLICIES,
        wanted.isPrivate() ? "Disabled" : "Enabled");
  }

  private static String key(KeyLife life) {
    return KEY.formatted(life.rotateAfter(), life.expireAfter());
  }

  private static String roles(NewCluster wanted) {
    String toUseTheKey =
        role(VaultRole.CRYPTO_USER, "to encrypt and decrypt is what AKS asks of the key", "mayUse");
    String toConnect =
        role(VaultRole.CONTRIBUTOR, "to approve the private endpoint that AKS makes", "mayConnect");
    return (wanted.usesRoles() ? toUseTheKey : "") + (wanted.isPrivate() ? toConnect : "");
  }

  private static String role(VaultRole role, String why, String symbol) {
    return ROLE.formatted(role.title(), why, symbol, role.id());
  }
}
