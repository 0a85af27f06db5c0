package dev.rekey.operation.preflight;

import static dev.rekey.operation.preflight.Around.CLUSTER;
import static dev.rekey.operation.preflight.Around.IDENTITY;
import static dev.rekey.operation.preflight.Around.SUBNET;
import static dev.rekey.operation.preflight.Around.allButOne;
import static dev.rekey.operation.preflight.Verdict.CANNOT_TELL;
import static dev.rekey.operation.preflight.Verdict.FAILED;
import static dev.rekey.operation.preflight.Verdict.PASSED;
import static dev.rekey.operation.preflight.Verdict.WARNED;

import dev.rekey.operation.preflight.Reach.Contact;
import dev.rekey.operation.preflight.Reach.State;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the checks of what Rekey may do, and whom it reaches find, and what they tell people to
 * type.
 */
class RightFindingsTest {

  @ParameterizedTest
  @MethodSource("findings")
  void oneThingChanged_isFound(Expected expected) {
    expected.assertFound();
  }

  static Stream<Expected> findings() {
    return Stream.of(
        Expected.of(
            "own-right-to-update-cluster",
            it -> it.ownRights.set(0, lacking(CLUSTER, "*/managedClusters/write")),
            FAILED,
            "missing: Microsoft.ContainerService/managedClusters/write on {cluster}",
            "az role assignment create --role \"Azure Kubernetes Service Contributor Role\" {to-rekey} --scope {cluster}"),
        Expected.of(
            "own-right-to-update-cluster",
            it -> it.ownRights.set(0, lacking(CLUSTER, "*/managedClusters/*")),
            FAILED,
            "missing: Microsoft.ContainerService/managedClusters/read on {cluster}; Microsoft.ContainerService/managedClusters/write on {cluster}; Microsoft.ContainerService/managedClusters/listClusterUserCredential/action on {cluster}",
            "az role assignment create --role \"Reader\" {to-rekey} --scope {cluster} && az role assignment create --role \"Azure Kubernetes Service Contributor Role\" {to-rekey} --scope {cluster} && az role assignment create --role \"Azure Kubernetes Service Cluster User Role\" {to-rekey} --scope {cluster}"),
        Expected.of(
            "own-right-to-update-cluster",
            it -> it.ownRights.remove(0),
            CANNOT_TELL,
            "not known: nobody looked at the rights on {cluster}",
            "az role assignment list --include-inherited --include-groups --assignee \"$REKEY_PRINCIPAL_ID\" --scope {cluster}"),
        Expected.of(
            "own-right-to-update-cluster",
            it -> it.clusterInstead = Reading.unread("it was not answered"),
            CANNOT_TELL,
            "not known: it was not answered",
            "az aks show --resource-group <group> --name <cluster> --query \"id\""),
        Expected.of("own-right-to-update-cluster", it -> sound(it), PASSED, "held", ""),
        Expected.of(
            "own-right-to-read-maintenance",
            it -> it.ownRights.set(0, lacking(CLUSTER, "*/maintenanceConfigurations/read")),
            WARNED,
            "missing: Microsoft.ContainerService/managedClusters/maintenanceConfigurations/read on {cluster}; Rekey begins no rotation by itself but by the tag rekey-window",
            "az role assignment create --role \"Reader\" {to-rekey} --scope {cluster}"),
        Expected.of("own-right-to-read-maintenance", it -> sound(it), PASSED, "held", ""),
        Expected.of(
            "own-right-to-assign-identity",
            it -> it.ownRights.set(1, lacking(IDENTITY, "*/assign/action")),
            FAILED,
            "missing: Microsoft.ManagedIdentity/userAssignedIdentities/assign/action on {identity}",
            "az role assignment create --role \"Managed Identity Operator\" {to-rekey} --scope {identity}"),
        Expected.of(
            "own-right-to-assign-identity",
            it ->
                it.ownRights.set(
                    1,
                    new OwnRights(
                        IDENTITY,
                        Reading.lacking(
                            new Right("Microsoft.Authorization/permissions/read", IDENTITY)))),
            CANNOT_TELL,
            "not known: the right Microsoft.Authorization/permissions/read on {identity} is missing",
            "az role assignment create --role \"Reader\" {to-rekey} --scope {identity}"),
        Expected.of(
            "own-right-to-assign-identity",
            it -> it.identityType = null,
            CANNOT_TELL,
            "not known: it doesn't show its identity",
            "az aks show {prod} --query \"id\""),
        Expected.of(
            "own-right-to-join-subnets",
            it -> it.ownRights.set(2, lacking(SUBNET, "*/join/action")),
            FAILED,
            "missing: Microsoft.Network/virtualNetworks/subnets/join/action on {subnet}",
            "az role assignment create --role \"Network Contributor\" {to-rekey} --scope {subnet}"),
        Expected.of(
            "own-right-to-join-subnets",
            it -> it.pools.set(0, new AgentPool("system", 3, "System", "Succeeded", null)),
            PASSED,
            "none is asked for",
            ""),
        Expected.of(
            "own-right-to-join-subnets",
            it -> it.apiServer = new ApiServerAccess(true, false, List.of(), SUBNET + "2"),
            CANNOT_TELL,
            "not known: nobody looked at the rights on {subnet}2",
            "az role assignment list --include-inherited --include-groups --assignee \"$REKEY_PRINCIPAL_ID\" --scope {subnet}2"),
        Expected.ofPrivate(
            "own-right-to-connect-vault",
            it -> it.vaultRights = Reading.of(List.of(allButOne("*Approval/action"))),
            WARNED,
            "missing: Microsoft.KeyVault/vaults/PrivateEndpointConnectionsApproval/action on {vault}; ARM may ask it of who names a private vault",
            "az role assignment create --role \"Key Vault Contributor\" {to-rekey} --scope {vault}"),
        Expected.ofPrivate("own-right-to-connect-vault", it -> sound(it), PASSED, "held", ""),
        Expected.of(
            "own-right-to-read-keys",
            it ->
                it.versionsInstead =
                    new Reading.Unread<>("the vault refuses", new Right("a", "b"), false),
            FAILED,
            "the vault refuses",
            "az role assignment create --role \"Key Vault Reader\" {to-rekey} --scope {vault}"),
        Expected.of(
            "own-right-to-read-keys",
            it -> it.versionsInstead = Reading.unread("it was not answered"),
            CANNOT_TELL,
            "not known: it was not answered",
            "az keyvault key list-versions --vault-name kv --name secrets"),
        Expected.of(
            "own-rights-on-api-server",
            it -> apiServer(it, new Contact(State.REFUSED, "it refuses to list")),
            FAILED,
            "it refuses to list",
            "kubectl create clusterrolebinding rekey --clusterrole <role that holds them> --user \"$REKEY_PRINCIPAL_ID\""),
        Expected.of(
            "own-rights-on-api-server",
            it -> apiServer(it, Contact.silent("it does not answer")),
            CANNOT_TELL,
            "not known: it does not answer",
            "kubectl auth can-i --list --as \"$REKEY_PRINCIPAL_ID\""),
        Expected.of(
            "own-rights-on-api-server",
            it -> apiServer(it, Contact.NOT_TRIED),
            CANNOT_TELL,
            "not known: nobody asked it",
            "kubectl auth can-i --list --as \"$REKEY_PRINCIPAL_ID\""),
        Expected.of(
            "reaches-arm",
            it ->
                it.reach =
                    new Reach(
                        Contact.silent("it does not answer"), Contact.ANSWERED, Contact.ANSWERED),
            FAILED,
            "it does not answer",
            "az account show"),
        Expected.of(
            "reaches-vault",
            it ->
                it.reach =
                    new Reach(
                        Contact.ANSWERED, Contact.silent("it does not answer"), Contact.ANSWERED),
            FAILED,
            "it does not answer",
            "az keyvault update --name kv --public-network-access Enabled --default-action Allow"),
        Expected.of(
            "reaches-vault",
            it ->
                it.reach =
                    new Reach(
                        Contact.ANSWERED,
                        new Contact(State.REFUSED, "it refuses"),
                        Contact.ANSWERED),
            CANNOT_TELL,
            "not known: it refuses",
            "az keyvault show --name kv --query \"properties.[publicNetworkAccess,networkAcls]\""),
        Expected.ofPrivate(
            "reaches-vault",
            it ->
                it.reach =
                    new Reach(
                        Contact.ANSWERED, Contact.silent("it does not answer"), Contact.ANSWERED),
            FAILED,
            "it does not answer",
            "az network private-endpoint create --connection-name rekey --name rekey --resource-group <group> --subnet <subnet id of Rekey> --group-id vault --private-connection-resource-id {vault}"),
        Expected.of(
            "reaches-api-server",
            it -> apiServer(it, Contact.silent("it does not answer")),
            FAILED,
            "it does not answer",
            "az aks update {prod} --api-server-authorized-ip-ranges <ranges so far>,<Rekey's address>/32"),
        Expected.of(
            "reaches-api-server",
            it -> apiServer(it, new Contact(State.REFUSED, "it refuses")),
            PASSED,
            "it answers",
            ""),
        Expected.of(
            "reaches-api-server",
            it -> apiServer(it, Contact.NOT_TRIED),
            CANNOT_TELL,
            "not known: nobody asked it",
            "az aks show {prod} --query \"apiServerAccessProfile\""),
        Expected.of(
            "reaches-api-server",
            it ->
                silentFor(
                    it,
                    new ApiServerAccess(
                        false, false, List.of("203.0.113.0/24", "198.51.100.7"), null)),
            FAILED,
            "it does not answer; it takes requests from 203.0.113.0/24, 198.51.100.7 only",
            "az aks update {prod} --api-server-authorized-ip-ranges <ranges so far>,<Rekey's address>/32"),
        Expected.of(
            "reaches-api-server",
            it -> silentFor(it, new ApiServerAccess(false, true, List.of(), null)),
            FAILED,
            "it does not answer; the cluster is private",
            "az network vnet peering create --name rekey --resource-group <group> --vnet-name <network of Rekey> --remote-vnet <network of the cluster> --allow-vnet-access"),
        Expected.of(
            "reaches-api-server",
            it -> it.clusterInstead = Reading.unread("it was not answered"),
            PASSED,
            "it answers",
            ""));
  }

  private static OwnRights lacking(String scope, String pattern) {
    return new OwnRights(scope, Reading.of(List.of(allButOne(pattern))));
  }

  private static void sound(Around it) {
    it.logged = Reading.of(true);
  }

  private static void apiServer(Around it, Contact contact) {
    it.reach = new Reach(Contact.ANSWERED, Contact.ANSWERED, contact);
  }

  private static void silentFor(Around it, ApiServerAccess access) {
    it.apiServer = access;
    apiServer(it, Contact.silent("it does not answer"));
  }
}
