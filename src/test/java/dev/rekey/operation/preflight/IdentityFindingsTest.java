package dev.rekey.operation.preflight;

import static dev.rekey.operation.preflight.Around.IDENTITY;
import static dev.rekey.operation.preflight.Around.PRINCIPAL;
import static dev.rekey.operation.preflight.Around.VAULT;
import static dev.rekey.operation.preflight.Around.grant;
import static dev.rekey.operation.preflight.Around.withContent;
import static dev.rekey.operation.preflight.Verdict.CANNOT_TELL;
import static dev.rekey.operation.preflight.Verdict.FAILED;
import static dev.rekey.operation.preflight.Verdict.PASSED;
import static dev.rekey.operation.preflight.Verdict.WARNED;

import dev.rekey.key.KeyId;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.KmsSettings;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the checks of the cluster's identity find, and what they tell people to type. */
class IdentityFindingsTest {

  @ParameterizedTest
  @MethodSource("findings")
  void oneThingChanged_isFound(Expected expected) {
    expected.assertFound();
  }

  static Stream<Expected> findings() {
    return Stream.of(
        Expected.of(
            "user-assigned-identity",
            it -> it.identityType = ClusterIdentity.Type.SYSTEM_ASSIGNED,
            FAILED,
            "a system-assigned managed identity",
            "az aks update {prod} --enable-managed-identity --assign-identity <identity id>"),
        Expected.of(
            "user-assigned-identity",
            it -> it.identityType = ClusterIdentity.Type.NONE,
            FAILED,
            "no managed identity",
            "az aks update {prod} --enable-managed-identity --assign-identity <identity id>"),
        Expected.of(
            "user-assigned-identity",
            it -> it.identityType = null,
            CANNOT_TELL,
            "not known: it doesn't show its identity",
            "az aks show {prod} --query \"identity\""),
        Expected.of(
            "identity-exists",
            it -> it.identities.set(0, Reading.absent("there is none")),
            FAILED,
            "there is none",
            "az identity create --resource-group <group> --name <name> && az aks update {prod} --assign-identity <identity id>"),
        Expected.of(
            "identity-exists",
            it -> it.identities.set(0, Reading.unread("it was not answered")),
            CANNOT_TELL,
            "not known: it was not answered",
            "az aks show {prod} --query \"identity\""),
        Expected.of(
            "identity-exists",
            it -> it.identities.set(0, Reading.of(new AssignedIdentity(IDENTITY, "another"))),
            FAILED,
            "it was made anew under its old name, with another principal",
            "az identity create --resource-group <group> --name <name> && az aks update {prod} --assign-identity <identity id>"),
        Expected.of(
            "identity-exists",
            it -> it.identities.set(0, Reading.of(new AssignedIdentity(IDENTITY, null))),
            CANNOT_TELL,
            "not known: it doesn't show its principal",
            "az aks show {prod} --query \"identity\""),
        Expected.of(
            "identity-exists",
            it -> it.identities.add(Reading.absent("the second is gone")),
            FAILED,
            "the second is gone",
            "az identity create --resource-group <group> --name <name> && az aks update {prod} --assign-identity <identity id>"),
        Expected.of(
            "identity-exists",
            it -> it.identities.clear(),
            CANNOT_TELL,
            "not known: no user-assigned identity was seen",
            "az aks show {prod} --query \"identity\""),
        Expected.of(
            "identity-may-use-key",
            it -> it.grants = Reading.of(List.of()),
            FAILED,
            "missing: Microsoft.KeyVault/vaults/keys/encrypt/action, Microsoft.KeyVault/vaults/keys/decrypt/action on {vault}",
            "az role assignment create --role \"Key Vault Crypto User\" {to-identity} --scope {vault}"),
        Expected.of(
            "identity-may-use-key",
            it -> it.grants = Reading.of(List.of(withContent("/", "*/encrypt/action"))),
            FAILED,
            "missing: Microsoft.KeyVault/vaults/keys/decrypt/action on {vault}",
            "az role assignment create --role \"Key Vault Crypto User\" {to-identity} --scope {vault}"),
        Expected.of(
            "identity-may-use-key",
            it -> it.grants = Reading.of(List.of(withContent("/", "*/decrypt/action"))),
            FAILED,
            "missing: Microsoft.KeyVault/vaults/keys/encrypt/action on {vault}",
            "az role assignment create --role \"Key Vault Crypto User\" {to-identity} --scope {vault}"),
        Expected.of(
            "identity-may-use-key",
            it -> it.grants = Reading.of(List.of(withContent(VAULT + "/keys/secrets", "*"))),
            PASSED,
            "a role holds both",
            ""),
        Expected.of(
            "identity-may-use-key",
            it ->
                it.grants =
                    Reading.of(List.of(new RoleGrant("/", "r", false, Reading.unread("x")))),
            CANNOT_TELL,
            "not known: a role that may hold it could not be read or judged",
            "az role assignment list --include-inherited --include-groups --assignee {principal} --scope {vault}"),
        Expected.of(
            "identity-may-use-key",
            it ->
                it.grants =
                    Reading.lacking(
                        new Right("Microsoft.Authorization/roleAssignments/read", VAULT)),
            CANNOT_TELL,
            "not known: the right Microsoft.Authorization/roleAssignments/read on {vault} is missing",
            "az role assignment create --role \"Reader\" {to-rekey} --scope {vault}"),
        Expected.of(
            "identity-may-use-key",
            it -> it.rbac = null,
            CANNOT_TELL,
            "not known: it doesn't show whether roles or access policies decide",
            "az role assignment list --include-inherited --include-groups --assignee {principal} --scope {vault}"),
        Expected.of(
            "identity-may-use-key",
            it -> it.rbac = false,
            FAILED,
            "no access policy permits encrypt and decrypt",
            "az keyvault set-policy --name kv --object-id {principal} --key-permissions decrypt encrypt"),
        Expected.of(
            "identity-may-use-key",
            it -> policy(it, PRINCIPAL, "decrypt"),
            FAILED,
            "no access policy permits encrypt",
            "az keyvault set-policy --name kv --object-id {principal} --key-permissions decrypt encrypt"),
        Expected.of(
            "identity-may-use-key",
            it -> policy(it, PRINCIPAL, "encrypt", "decrypt"),
            PASSED,
            "an access policy permits both",
            ""),
        Expected.of(
            "identity-may-use-key",
            it -> policy(it, PRINCIPAL, "all"),
            PASSED,
            "an access policy permits both",
            ""),
        Expected.of(
            "identity-may-use-key",
            it -> policy(it, "another", "encrypt", "decrypt"),
            CANNOT_TELL,
            "not known: no access policy names the identity, one of a group's isn't seen",
            "az keyvault show --name kv --query \"properties.accessPolicies\""),
        Expected.of(
            "identity-may-use-key",
            it -> policy(it, "another", "encrypt"),
            FAILED,
            "no access policy permits encrypt and decrypt",
            "az keyvault set-policy --name kv --object-id {principal} --key-permissions decrypt encrypt"),
        Expected.of(
            "identity-may-use-key",
            it -> nobodyKnown(it),
            CANNOT_TELL,
            "not known: the cluster's identity could not be read",
            "az keyvault show --name kv --query \"properties.accessPolicies\""),
        Expected.ofPrivate(
            "identity-may-use-key",
            it -> sound(it),
            PASSED,
            "a role holds both; AKS itself can't verify it for a private vault",
            ""),
        Expected.ofPrivate(
            "identity-may-use-key",
            it -> policy(it, PRINCIPAL, "all"),
            PASSED,
            "an access policy permits both; AKS itself can't verify it for a private vault",
            ""),
        Expected.of(
            "identity-may-use-key",
            it -> it.vaultInstead = Reading.unread("it was not answered"),
            CANNOT_TELL,
            "not known: it was not answered",
            "az role assignment list --include-inherited --include-groups --assignee {principal} --scope $(az keyvault show --name kv --query id --output tsv)"),
        Expected.of(
            "identity-may-use-key", it -> it.identities.clear(), PASSED, "a role holds both", ""),
        Expected.of(
            "identity-may-use-key-so-far",
            it -> toAnotherKey(it),
            FAILED,
            "missing: Microsoft.KeyVault/vaults/keys/encrypt/action, Microsoft.KeyVault/vaults/keys/decrypt/action on {vault}",
            "az role assignment create --role \"Key Vault Crypto User\" {to-identity} --scope {vault}"),
        Expected.ofPrivate(
            "identity-may-connect-vault",
            it -> it.grants = Reading.of(List.of(grant(VAULT, true, "*"))),
            CANNOT_TELL,
            "not known: a role that may hold it could not be read or judged",
            "az role assignment list --include-inherited --include-groups --assignee {principal} --scope {vault}"),
        Expected.ofPrivate(
            "identity-may-connect-vault",
            it -> it.grants = Reading.of(List.of(withContent(VAULT, "*"))),
            WARNED,
            "no role of the identity on the vault holds it",
            "az role assignment create --role \"Key Vault Contributor\" {to-identity} --scope {vault}"),
        Expected.ofPrivate(
            "identity-may-connect-vault",
            it -> sound(it),
            PASSED,
            "the identity may approve the private endpoint that AKS makes",
            ""));
  }

  private static void policy(Around it, String principal, String... permissions) {
    it.rbac = false;
    it.policies.add(new AccessPolicy(principal, Set.of(permissions)));
  }

  private static void nobodyKnown(Around it) {
    it.rbac = false;
    it.clusterInstead = Reading.unread("it was not answered");
    it.identities.clear();
  }

  private static void sound(Around it) {
    it.logged = Reading.of(true);
  }

  private static void toAnotherKey(Around it) {
    to(it, KmsSettings.of(new KeyId(new VaultKey("other.vault.azure.net", "k"), "1")));
    it.grants = Reading.of(List.of());
  }

  private static void to(Around it, KmsSettings settings) {
    it.change = new Change(it.change.from(), settings, it.change.previous());
  }
}
