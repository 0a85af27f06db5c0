package dev.rekey.operation.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people type must reach {@code az} as it was meant. */
class CommandsTest {
  private static final String GROUP = "/subscriptions/s/resourceGroups/Apps_(west)";

  @Test
  void nameThatAShellWouldTakeForItsOwn_isQuoted() {
    Right right = new Right("a/read", GROUP + "/providers/Microsoft.KeyVault/vaults/kv");

    assertThat(Commands.grantRekey(right)).endsWith(" --scope \"" + right.scope() + "\"");
    assertThat(Commands.quoted(GROUP)).isEqualTo("\"" + GROUP + "\"");
  }

  @ParameterizedTest
  @CsvSource({
    "rg-1.x_y, rg-1.x_y",
    "<group>, <group>",
    "$(az keyvault show), $(az keyvault show)",
    "'\"a b\"', '\"a b\"'",
    "a b, '\"a b\"'",
    "'', '\"\"'"
  })
  void anythingElse_staysAsItIs(String text, String quoted) {
    assertThat(Commands.quoted(text)).isEqualTo(quoted);
  }

  @ParameterizedTest
  @CsvSource({
    "/subscriptions/s/resourceGroups/rg/providers/a/b, rg",
    "/subscriptions/s/resourceGroups/rg, rg",
    "/subscriptions/s, <group>",
    "'', <group>"
  })
  void resourceGroup_isThatOfTheId(String id, String group) {
    assertThat(Commands.group(id)).isEqualTo(group);
  }

  @ParameterizedTest
  @CsvSource({"kv.vault.azure.net, kv", "<vault>, <vault>", ".x, ''"})
  void vaultName_isTheFirstPartOfItsHost(String host, String name) {
    assertThat(Commands.name(host)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "Microsoft.ContainerService/managedClusters/WRITE, Azure Kubernetes Service Contributor Role",
    "Microsoft.ContainerService/managedClusters/listClusterUserCredential/action, Azure Kubernetes Service Cluster User Role",
    "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action, Managed Identity Operator",
    "Microsoft.Network/virtualNetworks/subnets/join/action, Network Contributor",
    "Microsoft.KeyVault/vaults/PrivateEndpointConnectionsApproval/action, Key Vault Contributor",
    "Microsoft.KeyVault/vaults/keys/read, Key Vault Reader",
    "Microsoft.KeyVault/vaults/keyrotationpolicies/read, Key Vault Crypto Officer",
    "Microsoft.KeyVault/vaults/read, Reader"
  })
  void right_isGrantedByTheSmallestRoleThatHoldsIt(String action, String role) {
    assertThat(Commands.grantRekey(new Right(action, "/subscriptions/s")))
        .isEqualTo(
            "az role assignment create --role \""
                + role
                + "\" --assignee-object-id \"$REKEY_PRINCIPAL_ID\""
                + " --assignee-principal-type ServicePrincipal --scope /subscriptions/s");
  }
}
