package dev.rekey.preflight;

import static dev.rekey.operation.preflight.Verdict.CANNOT_TELL;
import static dev.rekey.operation.preflight.Verdict.FAILED;
import static dev.rekey.operation.preflight.Verdict.WARNED;

import dev.rekey.service.port.OutsideFault.Kind;
import dev.rekey.simulation.azure.VaultRight;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What breaks the checks of what Rekey may do, and whom it reaches. */
final class RightBreakages {
  private RightBreakages() {}

  static Stream<Breakage> all() {
    return Stream.of(
        Breakage.of(
            "own-right-to-update-cluster",
            "no write",
            FAILED,
            forbidden("Microsoft.ContainerService/managedClusters/write")),
        Breakage.of(
            "own-right-to-read-maintenance",
            "no read",
            WARNED,
            forbidden("Microsoft.ContainerService/managedClusters/maintenanceConfigurations/read")),
        Breakage.of(
            "own-right-to-assign-identity",
            "no assign",
            FAILED,
            world -> world.arm.refuseAssign(true)),
        Breakage.of(
            "own-right-to-join-subnets",
            "no join",
            FAILED,
            forbidden("Microsoft.Network/virtualNetworks/subnets/join/action")),
        Breakage.ofPrivate(
            "own-right-to-connect-vault",
            "no approval",
            WARNED,
            forbidden("Microsoft.KeyVault/vaults/PrivateEndpointConnectionsApproval/action")),
        new Breakage(
            "own-right-to-change-vault",
            Situation.VAULT_OPENED,
            "no write",
            FAILED,
            forbidden("Microsoft.KeyVault/vaults/write")),
        Breakage.of(
            "own-right-to-read-keys",
            "no read",
            FAILED,
            world -> world.vault.revoke(VaultRight.READ)),
        Breakage.of(
            "own-rights-on-api-server",
            "no list",
            FAILED,
            world -> world.apiServerFault = Kind.FORBIDDEN),
        Breakage.of("reaches-arm", "silent", FAILED, world -> world.armSilent = true),
        Breakage.of("reaches-vault", "silent", FAILED, world -> world.vault.setReachable(false)),
        Breakage.of(
            "reaches-vault",
            "a firewall, or no right",
            CANNOT_TELL,
            world -> world.vault.revoke(VaultRight.READ)),
        Breakage.of(
            "reaches-api-server", "outside its ranges", FAILED, RightBreakages::outsideRanges));
  }

  private static Consumer<PreflightWorld> forbidden(String action) {
    return world -> world.arm.forbid(action, true);
  }

  private static void outsideRanges(PreflightWorld world) {
    world.cluster(
        body ->
            body.withObject("/properties/apiServerAccessProfile")
                .putArray("authorizedIPRanges")
                .add("203.0.113.0/24"));
    world.apiServerFault = Kind.UNREACHABLE;
  }

  private static Consumer<PreflightWorld> cluster(String object, String member, String value) {
    return world -> world.cluster(body -> body.withObject(object).put(member, value));
  }
}
