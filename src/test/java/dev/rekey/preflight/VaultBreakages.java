package dev.rekey.preflight;

import static dev.rekey.operation.preflight.Verdict.CANNOT_TELL;
import static dev.rekey.operation.preflight.Verdict.FAILED;
import static dev.rekey.operation.preflight.Verdict.WARNED;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.NetworkAccess;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What breaks the checks of the vault. */
final class VaultBreakages {
  private VaultBreakages() {}

  static Stream<Breakage> all() {
    return Stream.of(
        Breakage.ofPrivate(
            "vault-exists", "deleted", FAILED, world -> world.neighbours.remove(world.vaultId)),
        Breakage.of(
            "vault-exists",
            "in no subscription that is searched",
            CANNOT_TELL,
            world -> world.neighbours.remove(world.vaultId)),
        Breakage.of(
            "vault-in-same-tenant",
            "another one's",
            FAILED,
            vault("tenantId", "00000000-0000-0000-0000-0000000000ff")),
        Breakage.of(
            "vault-open-to-api-servers",
            "closed",
            FAILED,
            vault("publicNetworkAccess", "Disabled")),
        Breakage.of(
            "vault-open-to-api-servers",
            "selected networks",
            FAILED,
            world ->
                world.vaultResource(
                    body ->
                        body.withObject("/properties/networkAcls").put("defaultAction", "Deny"))),
        Breakage.of(
            "vault-open-to-api-servers",
            "secured by perimeter",
            CANNOT_TELL,
            vault("publicNetworkAccess", "SecuredByPerimeter")),
        Breakage.ofPrivate(
            "vault-closed-when-private", "open", WARNED, vault("publicNetworkAccess", "Enabled")),
        Breakage.ofPrivate(
            "vault-resource-id-named",
            "not named",
            FAILED,
            world -> world.to(new KmsSettings(world.second, NetworkAccess.PRIVATE, null))),
        Breakage.ofPrivate(
            "vault-resource-id-named",
            "another host",
            FAILED,
            vault("vaultUri", "https://other-kv.vault.azure.net/")),
        Breakage.ofPrivate(
            "api-server-vnet-integration",
            "Konnectivity",
            FAILED,
            world ->
                world.cluster(
                    body -> body.withObject("/properties").remove("apiServerAccessProfile"))),
        Breakage.of(
            "vault-mode-kept",
            "to private",
            FAILED,
            world -> world.to(KmsSettings.ofPrivate(world.second, world.vaultId))),
        Breakage.ofPrivate(
            "private-endpoint-approved",
            "pending",
            FAILED,
            world ->
                world.vaultResource(
                    body ->
                        ((ObjectNode)
                                body.at(
                                    "/properties/privateEndpointConnections/0/properties/privateLinkServiceConnectionState"))
                            .put("status", "Pending"))),
        Breakage.ofPrivate(
            "private-endpoint-approved",
            "none",
            FAILED,
            world ->
                world.vaultResource(
                    body -> body.withObject("/properties").remove("privateEndpointConnections"))),
        Breakage.of(
            "vault-soft-delete",
            "off",
            WARNED,
            world ->
                world.vaultResource(
                    body -> body.withObject("/properties").put("enableSoftDelete", false))),
        Breakage.of(
            "vault-soft-delete",
            "not shown",
            CANNOT_TELL,
            world ->
                world.vaultResource(
                    body -> body.withObject("/properties").remove("enableSoftDelete"))),
        Breakage.of(
            "vault-purge-protection",
            "never set",
            WARNED,
            world ->
                world.vaultResource(
                    body -> body.withObject("/properties").remove("enablePurgeProtection"))),
        Breakage.of(
            "vault-diagnostics",
            "none",
            WARNED,
            world -> world.neighbours.remove(diagnostics(world))),
        Breakage.of(
            "vault-diagnostics",
            "switched off",
            WARNED,
            world ->
                world.neighbours.change(
                    diagnostics(world),
                    body -> ((ObjectNode) body.at("/properties/logs/0")).put("enabled", false))));
  }

  private static Consumer<PreflightWorld> cluster(String object, String member, String value) {
    return world -> world.cluster(body -> body.withObject(object).put(member, value));
  }

  private static Consumer<PreflightWorld> vault(String member, String value) {
    return world -> world.vaultResource(body -> body.withObject("/properties").put(member, value));
  }

  private static String diagnostics(PreflightWorld world) {
    return world.vaultId + "/providers/microsoft.insights/diagnosticSettings/kms";
  }
}
