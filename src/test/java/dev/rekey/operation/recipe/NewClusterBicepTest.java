package dev.rekey.operation.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class NewClusterBicepTest {
  static final List<NewCluster> ALL = NewClusterScriptTest.ALL;
  private static final String CRYPTO_USER = "12338af0-0e69-4776-bea7-57ae8d297424";
  private static final String CONTRIBUTOR = "f25e0fa2-a7c8-4377-a976-54943a77a395";

  @Test
  void publicVaultWithRoles_clusterComesAfterTheRole() {
    assertThat(NewClusterBicep.of(Wanted.PUBLIC_RBAC))
        .containsSubsequence(
            "enableRbacAuthorization: true",
            "accessPolicies: []\n",
            "publicNetworkAccess: 'Enabled'",
            "resource mayUse",
            CRYPTO_USER,
            "keyVaultNetworkAccess: 'Public'",
            "dependsOn: [\n    key\n    mayUse\n  ]")
        .doesNotContain(CONTRIBUTOR, "enableVnetIntegration", "keyVaultResourceId");
  }

  @Test
  void publicVaultWithPolicies_identityMayEncryptAndDecryptByPolicy() {
    assertThat(NewClusterBicep.of(Wanted.PUBLIC_POLICIES))
        .containsSubsequence(
            "enableRbacAuthorization: false",
            "objectId: identity.properties.principalId",
            "'encrypt'",
            "'decrypt'",
            "publicNetworkAccess: 'Enabled'",
            "dependsOn: [\n    key\n  ]")
        .doesNotContain("roleAssignments", CRYPTO_USER, CONTRIBUTOR);
  }

  @Test
  void privateVaultWithRoles_vaultIsNeverOpenAndClusterIsInTheNetwork() {
    assertThat(NewClusterBicep.of(Wanted.PRIVATE_RBAC))
        .containsSubsequence(
            "publicNetworkAccess: 'Disabled'",
            CRYPTO_USER,
            CONTRIBUTOR,
            "enableVnetIntegration: true",
            "keyVaultNetworkAccess: 'Private'",
            "keyVaultResourceId: vault.id",
            "dependsOn: [\n    key\n    mayUse\n    mayConnect\n  ]");
  }

  @Test
  void privateVaultWithPolicies_onlyTheRightToConnectIsARole() {
    assertThat(NewClusterBicep.of(Wanted.PRIVATE_POLICIES))
        .containsSubsequence(
            "enableRbacAuthorization: false",
            "objectId: identity.properties.principalId",
            "publicNetworkAccess: 'Disabled'",
            CONTRIBUTOR,
            "enableVnetIntegration: true",
            "dependsOn: [\n    key\n    mayConnect\n  ]")
        .doesNotContain(CRYPTO_USER);
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void anyCase_keyCanNotBeDestroyedAndTheVersionIsTheOneThatIsGiven(NewCluster wanted) {
    assertThat(NewClusterBicep.of(wanted))
        .contains(wanted.title())
        .contains("enablePurgeProtection: true", "softDeleteRetentionInDays: 90")
        .contains("kty: 'RSA'", "type: 'UserAssigned'", "'${identity.id}': {}")
        .contains("timeAfterCreate: 'P180D'", "expiryTime: 'P450D'", "dateTimeAdd(now, 'P450D')")
        .contains("= if (!empty(keyId)) {", "keyId: keyId\n", "dnsPrefix: 'prod'")
        .endsWith("\n");
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void anyCase_bracketsMatch(NewCluster wanted) {
    String text = NewClusterBicep.of(wanted);

    assertThat(count(text, '{')).isEqualTo(count(text, '}'));
    assertThat(count(text, '[')).isEqualTo(count(text, ']'));
    assertThat(count(text, '(')).isEqualTo(count(text, ')'));
  }

  @Test
  void names_areTheDefaultsOfTheParameters() {
    assertThat(NewClusterBicep.of(Wanted.PUBLIC_RBAC))
        .contains("param clusterName string = 'prod'", "param location string = 'westeurope'")
        .contains("param vaultName string = 'kv-prod'", "param keyName string = 'etcd'")
        .contains("param identityName string = 'id-prod'")
        .contains("az group create --name 'rg-prod' --location 'westeurope'");
  }

  @Test
  void rolesAreAssigned_headerSaysWhatTheWaitBetweenTheDeploymentsIsFor() {
    assertThat(NewClusterBicep.of(Wanted.PUBLIC_RBAC))
        .contains("AKS\n// refuses a cluster whose identity", "//   sleep 600\n//   az deployment");
    assertThat(NewClusterBicep.of(Wanted.PRIVATE_POLICIES))
        .contains("AKS\n// can't try the identity's rights", "//   sleep 600\n//   az deployment");
    assertThat(NewClusterBicep.of(Wanted.PUBLIC_POLICIES))
        .doesNotContain("spread", "sleep")
        .contains("--output tsv)\n//   az deployment");
  }

  private static long count(String text, char bracket) {
    return text.chars().filter(character -> character == bracket).count();
  }
}
