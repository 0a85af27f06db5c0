package dev.rekey.operation.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.NetworkAccess;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class NewClusterScriptTest {
  static final List<NewCluster> ALL =
      List.of(
          Wanted.PUBLIC_RBAC, Wanted.PUBLIC_POLICIES, Wanted.PRIVATE_RBAC, Wanted.PRIVATE_POLICIES);

  @Test
  void publicVaultWithRoles_inTheOrderThatWorks() {
    assertThat(NewClusterScript.of(Wanted.PUBLIC_RBAC))
        .containsSubsequence(
            "set -euo pipefail",
            "az group create",
            "az identity create",
            "az keyvault create",
            "--enable-rbac-authorization true",
            "--role \"Key Vault Crypto User\"",
            "--assignee-object-id \"$PRINCIPAL_ID\"",
            "--role \"Key Vault Crypto Officer\"",
            "az keyvault key list",
            "az keyvault key create",
            "az keyvault key rotation-policy update",
            "az keyvault key show",
            "sleep 600",
            "az aks create",
            "--azure-keyvault-kms-key-vault-network-access Public",
            "az aks show")
        .doesNotContain("set-policy", "Key Vault Contributor", "vnet-integration")
        .doesNotContain("key-vault-resource-id", "network-access Disabled");
  }

  @Test
  void publicVaultWithPolicies_noRoleIsAssignedAndNoneWaitedFor() {
    assertThat(NewClusterScript.of(Wanted.PUBLIC_POLICIES))
        .containsSubsequence(
            "az keyvault create",
            "--enable-rbac-authorization false",
            "az keyvault set-policy",
            "--key-permissions encrypt decrypt",
            "az keyvault key create",
            "az aks create",
            "--azure-keyvault-kms-key-vault-network-access Public")
        .doesNotContain("role assignment create", "sleep", "vnet-integration");
  }

  @Test
  void privateVaultWithRoles_keyIsMadeBeforeTheVaultIsClosedAndTheClusterAfterwards() {
    assertThat(NewClusterScript.of(Wanted.PRIVATE_RBAC))
        .containsSubsequence(
            "--public-network-access Enabled",
            "Key Vault Crypto User",
            "Key Vault Contributor",
            "az keyvault key create",
            "az keyvault key rotation-policy update",
            "az keyvault key show",
            "--public-network-access Disabled",
            "sleep 600",
            "az aks create",
            "--azure-keyvault-kms-key-vault-network-access Private",
            "--azure-keyvault-kms-key-vault-resource-id \"$VAULT_ID\"",
            "--enable-apiserver-vnet-integration",
            "enableVnetIntegration");
  }

  @Test
  void privateVaultWithPolicies_onlyTheRightToConnectIsARole() {
    assertThat(NewClusterScript.of(Wanted.PRIVATE_POLICIES))
        .containsSubsequence(
            "--enable-rbac-authorization false",
            "az keyvault set-policy",
            "--role \"Key Vault Contributor\"",
            "az keyvault key create",
            "--public-network-access Disabled",
            "sleep 600",
            "--enable-apiserver-vnet-integration")
        .doesNotContain("Key Vault Crypto");
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void anyCase_keyCanNotBeDestroyedAndIsShownToBeTaken(NewCluster wanted) {
    assertThat(NewClusterScript.of(wanted))
        .startsWith("#!/usr/bin/env bash\n")
        .contains(wanted.title())
        .contains("--enable-purge-protection true --retention-days 90")
        .contains("--kty RSA --ops encrypt decrypt")
        .contains("--assign-identity \"$IDENTITY_ID\"", "--enable-azure-keyvault-kms \\")
        .contains("--azure-keyvault-kms-key-id \"$KEY_ID\"")
        .contains("\"true $KEY_ID " + wanted.access().token() + "\"")
        .endsWith("\n");
  }

  @Test
  void life_isThatOfTheFirstVersionAndOfThePolicy() {
    NewCluster wanted =
        new NewCluster(
            Names.of("prod", "westeurope"),
            NetworkAccess.PUBLIC,
            VaultRights.RBAC,
            new KeyLife(90, 215));

    assertThat(NewClusterScript.of(wanted))
        .contains("every 90 days, and each expires after 215", "35 days are left")
        .contains("date -u -d '+215 days' '+%Y-%m-%dT%H:%M:%SZ'", "date -u -v '+215d'")
        .contains("\"timeAfterCreate\": \"P90D\"", "\"expiryTime\": \"P215D\"");
  }

  @Test
  void names_standAtTheTopBetweenSingleQuotes() {
    Names names = new Names("prod", "rg (1)", "westeurope", "kv-p", "secrets", "id-p");

    assertThat(catchProblems(names)).isEqualTo("resource-group");
    assertThat(
            NewClusterScript.of(
                new NewCluster(
                    new Names("prod", "rg(1)", "westeurope", "kv-p", "secrets", "id-p"),
                    NetworkAccess.PRIVATE,
                    VaultRights.RBAC,
                    KeyLife.DEFAULT)))
        .contains("CLUSTER='prod'\nRESOURCE_GROUP='rg(1)'\nLOCATION='westeurope'\nVAULT='kv-p'\n")
        .contains("KEY='secrets'\nIDENTITY='id-p'\n");
  }

  private static String catchProblems(Names names) {
    return names.problems().get(0).part();
  }
}
