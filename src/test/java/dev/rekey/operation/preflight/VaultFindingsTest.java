package dev.rekey.operation.preflight;

import static dev.rekey.operation.preflight.Around.TARGET;
import static dev.rekey.operation.preflight.Around.VAULT;
import static dev.rekey.operation.preflight.Verdict.CANNOT_TELL;
import static dev.rekey.operation.preflight.Verdict.FAILED;
import static dev.rekey.operation.preflight.Verdict.PASSED;
import static dev.rekey.operation.preflight.Verdict.WARNED;

import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.NetworkAccess;
import dev.rekey.operation.Openness;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the checks of the vault find, and what they tell people to type. */
class VaultFindingsTest {

  @ParameterizedTest
  @MethodSource("findings")
  void oneThingChanged_isFound(Expected expected) {
    expected.assertFound();
  }

  static Stream<Expected> findings() {
    return Stream.of(
        Expected.of(
            "vault-exists",
            it -> it.vaultInstead = Reading.absent("there is no vault kv"),
            FAILED,
            "there is no vault kv",
            "az keyvault recover --name kv"),
        Expected.of(
            "vault-exists",
            it ->
                it.vaultInstead =
                    Reading.lacking(new Right("Microsoft.KeyVault/vaults/read", VAULT)),
            CANNOT_TELL,
            "not known: the right Microsoft.KeyVault/vaults/read on {vault} is missing",
            "az role assignment create --role \"Reader\" {to-rekey} --scope {vault}"),
        Expected.of("vault-exists", it -> sound(it), PASSED, "{vault}", ""),
        Expected.of(
            "vault-in-same-tenant",
            it -> it.vaultTenant = "u",
            FAILED,
            "tenant u",
            "az keyvault create --name <vault> --resource-group <group>"),
        Expected.of(
            "vault-in-same-tenant",
            it -> it.vaultTenant = null,
            CANNOT_TELL,
            "not known: it doesn't show its tenant",
            "az keyvault show --name kv --query \"properties.tenantId\""),
        Expected.of(
            "vault-in-same-tenant",
            it -> it.tenant = Reading.unread("it was not answered"),
            CANNOT_TELL,
            "not known: it was not answered",
            "az keyvault show --name kv --query \"properties.tenantId\""),
        Expected.of(
            "vault-open-to-api-servers",
            it -> it.openness = Openness.CLOSED,
            FAILED,
            "closed to the public",
            "az keyvault update --name kv --public-network-access Enabled --default-action Allow"),
        Expected.of(
            "vault-open-to-api-servers",
            it -> it.openness = Openness.SELECTED_NETWORKS,
            FAILED,
            "open to selected networks only",
            "az keyvault update --name kv --public-network-access Enabled --default-action Allow"),
        Expected.of(
            "vault-open-to-api-servers",
            it -> it.openness = null,
            CANNOT_TELL,
            "not known: it doesn't show its network rules",
            "az keyvault show --name kv --query \"properties.[publicNetworkAccess,networkAcls]\""),
        Expected.ofPrivate(
            "vault-closed-when-private",
            it -> it.openness = Openness.ALL_NETWORKS,
            WARNED,
            "open to all networks",
            "az keyvault update --name kv --public-network-access Disabled"),
        Expected.ofPrivate(
            "vault-closed-when-private",
            it -> it.openness = Openness.SELECTED_NETWORKS,
            WARNED,
            "open to selected networks only",
            "az keyvault update --name kv --public-network-access Disabled"),
        Expected.ofPrivate(
            "vault-closed-when-private",
            it -> it.openness = null,
            CANNOT_TELL,
            "not known: it doesn't show its network rules",
            "az keyvault show --name kv --query \"properties.[publicNetworkAccess,networkAcls]\""),
        Expected.ofPrivate(
            "vault-resource-id-named",
            it -> to(it, new KmsSettings(TARGET, NetworkAccess.PRIVATE, null)),
            FAILED,
            "no keyVaultResourceId",
            "az aks update {prod} --enable-azure-keyvault-kms --azure-keyvault-kms-key-id {key}/3 --azure-keyvault-kms-key-vault-network-access Private --azure-keyvault-kms-key-vault-resource-id {vault}"),
        Expected.ofPrivate(
            "vault-resource-id-named",
            it -> to(it, new KmsSettings(TARGET, NetworkAccess.PRIVATE, " ")),
            FAILED,
            "no keyVaultResourceId",
            "az aks update {prod} --enable-azure-keyvault-kms --azure-keyvault-kms-key-id {key}/3 --azure-keyvault-kms-key-vault-network-access Private --azure-keyvault-kms-key-vault-resource-id {vault}"),
        Expected.ofPrivate(
            "vault-resource-id-named",
            it -> to(it, KmsSettings.ofPrivate(TARGET, VAULT + "2")),
            FAILED,
            "{vault}2",
            "az aks update {prod} --enable-azure-keyvault-kms --azure-keyvault-kms-key-id {key}/3 --azure-keyvault-kms-key-vault-network-access Private --azure-keyvault-kms-key-vault-resource-id {vault}"),
        Expected.ofPrivate(
            "vault-resource-id-named",
            it -> it.vaultHost = "other.vault.azure.net",
            FAILED,
            "{vault}",
            "az aks update {prod} --enable-azure-keyvault-kms --azure-keyvault-kms-key-id {key}/3 --azure-keyvault-kms-key-vault-network-access Private --azure-keyvault-kms-key-vault-resource-id {vault}"),
        Expected.ofPrivate(
            "vault-resource-id-named",
            it -> it.vaultInstead = Reading.unread("it was not answered"),
            CANNOT_TELL,
            "not known: it was not answered",
            "az keyvault show --query id --name kv"),
        Expected.ofPrivate(
            "api-server-vnet-integration",
            it -> it.apiServer = new ApiServerAccess(false, true, List.of(), null),
            FAILED,
            "Konnectivity",
            "az aks update {prod} --enable-apiserver-vnet-integration --apiserver-subnet-id <subnet id>"),
        Expected.of(
            "vault-mode-kept",
            it -> to(it, KmsSettings.ofPrivate(TARGET, VAULT)),
            FAILED,
            "Public to Private",
            "rekey change-vault-access"),
        Expected.of("vault-mode-kept", it -> sound(it), PASSED, "Public to Public", ""),
        Expected.ofPrivate(
            "private-endpoint-approved",
            it -> it.connections.set(0, new PrivateConnection("e", "Pending")),
            FAILED,
            "0 of 1 connections approved",
            "az network private-endpoint-connection approve --id <connection id>"),
        Expected.ofPrivate(
            "private-endpoint-approved",
            it -> it.connections.clear(),
            FAILED,
            "0 of 0 connections approved",
            "az network private-endpoint-connection approve --id <connection id>"),
        Expected.ofPrivate(
            "private-endpoint-approved",
            it -> it.connections.add(new PrivateConnection("e", "Rejected")),
            PASSED,
            "1 of 2 connections approved",
            ""),
        Expected.ofPrivate(
            "private-endpoint-approved",
            it -> to(it, KmsSettings.OFF),
            PASSED,
            "1 of 1 connections approved",
            ""),
        Expected.of(
            "vault-soft-delete",
            it -> it.softDelete = false,
            WARNED,
            "soft delete is off",
            "az resource update --set properties.enableSoftDelete=true --ids {vault}"),
        Expected.of(
            "vault-soft-delete",
            it -> it.softDelete = null,
            CANNOT_TELL,
            "not known: it doesn't show whether soft delete is on",
            "az keyvault show --name kv --query \"properties.enableSoftDelete\""),
        Expected.of(
            "vault-purge-protection",
            it -> it.purgeProtection = false,
            WARNED,
            "purge protection is off",
            "az keyvault update --name kv --enable-purge-protection true"),
        Expected.of(
            "vault-purge-protection",
            it -> it.purgeProtection = null,
            CANNOT_TELL,
            "not known: it doesn't show whether purge protection is on",
            "az keyvault show --name kv --query \"properties.enablePurgeProtection\""),
        Expected.of(
            "vault-diagnostics",
            it -> it.logged = Reading.of(false),
            WARNED,
            "nobody keeps the vault's audit events",
            "az monitor diagnostic-settings create --name kms --resource {vault} --workspace <workspace id> --logs '[{\"categoryGroup\":\"audit\",\"enabled\":true}]'"),
        Expected.of(
            "vault-diagnostics",
            it -> it.logged = Reading.unread("it was not answered"),
            CANNOT_TELL,
            "not known: it was not answered",
            "az monitor diagnostic-settings list --resource {vault}"));
  }

  private static void sound(Around it) {
    it.logged = Reading.of(true);
  }

  private static void to(Around it, KmsSettings settings) {
    it.change = new Change(it.change.from(), settings, it.change.previous());
  }
}
