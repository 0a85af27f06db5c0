package dev.rekey.preflight;

import static dev.rekey.operation.preflight.Verdict.CANNOT_TELL;
import static dev.rekey.operation.preflight.Verdict.FAILED;
import static dev.rekey.operation.preflight.Verdict.WARNED;
import static dev.rekey.preflight.PreflightWorld.PRINCIPAL;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.simulation.azure.AzureRole;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What breaks the checks of the cluster's identity. */
final class IdentityBreakages {
  private IdentityBreakages() {}

  static Stream<Breakage> all() {
    return Stream.of(
        Breakage.of(
            "user-assigned-identity",
            "system-assigned",
            FAILED,
            cluster("/identity", "type", "SystemAssigned")),
        Breakage.of("user-assigned-identity", "none", FAILED, cluster("/identity", "type", "None")),
        Breakage.of(
            "identity-exists",
            "deleted",
            FAILED,
            world -> world.neighbours.remove(world.identityId)),
        Breakage.of(
            "identity-exists",
            "made anew",
            FAILED,
            world ->
                world.neighbours.change(
                    world.identityId,
                    body ->
                        body.withObject("/properties")
                            .put("principalId", "00000000-0000-0000-0000-000000000099"))),
        Breakage.of(
            "identity-may-use-key", "no role", FAILED, world -> world.roles.revokeAll(PRINCIPAL)),
        Breakage.of(
            "identity-may-use-key",
            "wraps only",
            FAILED,
            only(AzureRole.KEY_VAULT_CRYPTO_SERVICE_ENCRYPTION_USER)),
        Breakage.of(
            "identity-may-use-key", "owner without data actions", FAILED, only(AzureRole.OWNER)),
        Breakage.of(
            "identity-may-use-key",
            "role elsewhere",
            FAILED,
            IdentityBreakages::roleOnAVaultWithALongerName),
        Breakage.of("identity-may-use-key", "role on another key", FAILED, on("/keys/other")),
        Breakage.of(
            "identity-may-use-key",
            "no policy",
            FAILED,
            world -> policies(world, false, PRINCIPAL, "get", "list")),
        Breakage.of(
            "identity-may-use-key",
            "decrypt alone",
            FAILED,
            world -> policies(world, false, PRINCIPAL, "decrypt")),
        Breakage.of(
            "identity-may-use-key",
            "policies are ignored where roles decide",
            FAILED,
            IdentityBreakages::policyWhereRolesDecide),
        Breakage.of(
            "identity-may-use-key", "on a condition", CANNOT_TELL, IdentityBreakages::onCondition),
        Breakage.of(
            "identity-may-use-key",
            "perhaps by a group's policy",
            CANNOT_TELL,
            world ->
                policies(
                    world, false, "00000000-0000-0000-0000-000000000077", "encrypt", "decrypt")),
        Breakage.of(
            "identity-may-use-key",
            "role that can't be read",
            CANNOT_TELL,
            world -> world.arm.forbid("Microsoft.Authorization/roleDefinitions/read", true)),
        new Breakage(
            "identity-may-use-key-so-far",
            Situation.TO_ANOTHER_VAULT,
            "no role on the vault so far",
            FAILED,
            IdentityBreakages::onlyOnTheOtherVault),
        Breakage.ofPrivate(
            "identity-may-connect-vault",
            "no contributor",
            WARNED,
            only(AzureRole.KEY_VAULT_CRYPTO_USER)));
  }

  /** Other ways to allow the identity what it needs. */
  static Stream<Consumer<PreflightWorld>> grants() {
    AzureRole user = AzureRole.KEY_VAULT_CRYPTO_USER;
    return Stream.of(
        world -> world.roles.assign(PRINCIPAL, user, PreflightWorld.GROUP),
        world ->
            world.roles.assign(
                PRINCIPAL,
                user,
                PreflightWorld.GROUP.toUpperCase().replace("SUBSCRIPTIONS", "subscriptions")),
        world ->
            world.roles.assign(
                PRINCIPAL, user, "/subscriptions/00000000-0000-0000-0000-0000000000a1"),
        world ->
            world.roles.assign(
                PRINCIPAL, user, "/providers/Microsoft.Management/managementGroups/root"),
        world -> world.roles.assign(PRINCIPAL, user, "/"),
        world -> world.roles.assign(PRINCIPAL, user, world.vaultId + "/keys/secrets"),
        world -> world.roles.assign(PRINCIPAL, AzureRole.KEY_VAULT_ADMINISTRATOR, world.vaultId),
        IdentityBreakages::ofAGroup,
        IdentityBreakages::byTwoRolesOfOnesOwn,
        world -> policies(world, false, PRINCIPAL, "Encrypt", "decrypt"),
        world -> policies(world, false, PRINCIPAL, "all"));
  }

  private static Consumer<PreflightWorld> cluster(String object, String member, String value) {
    return world -> world.cluster(body -> body.withObject(object).put(member, value));
  }

  private static Consumer<PreflightWorld> only(AzureRole role) {
    return world -> {
      world.roles.revokeAll(PRINCIPAL);
      world.roles.assign(PRINCIPAL, role, world.vaultId);
    };
  }

  private static Consumer<PreflightWorld> on(String below) {
    return world -> {
      world.roles.revokeAll(PRINCIPAL);
      world.roles.assign(PRINCIPAL, AzureRole.KEY_VAULT_CRYPTO_USER, world.vaultId + below);
    };
  }

  private static void roleOnAVaultWithALongerName(PreflightWorld world) {
    on("2").accept(world);
  }

  private static void onlyOnTheOtherVault(PreflightWorld world) {
    world.roles.revokeAll(PRINCIPAL);
    world.roles.assign(
        PRINCIPAL, AzureRole.KEY_VAULT_CRYPTO_USER, world.vaultId.replace("sample-kv", "other-kv"));
  }

  private static void onCondition(PreflightWorld world) {
    world.roles.revokeAll(PRINCIPAL);
    world.roles.assign(
        PRINCIPAL,
        "00482a5a-887f-4fb3-b363-3b7fe8e74483",
        world.vaultId,
        "@Resource[x] StringEquals 'y'");
  }

  private static void policies(
      PreflightWorld world, boolean rbac, String principal, String... keys) {
    world.vaultResource(
        body -> {
          ObjectNode properties =
              body.withObject("/properties").put("enableRbacAuthorization", rbac);
          ObjectNode policy = properties.putArray("accessPolicies").addObject();
          policy.put("objectId", principal);
          for (String key : keys) {
            policy.withArray("/permissions/keys").add(key);
          }
        });
  }

  private static void policyWhereRolesDecide(PreflightWorld world) {
    world.roles.revokeAll(PRINCIPAL);
    policies(world, true, PRINCIPAL, "encrypt", "decrypt");
  }

  private static void ofAGroup(PreflightWorld world) {
    String group = "00000000-0000-0000-0000-000000000055";
    world.roles.join(PRINCIPAL, group);
    world.roles.assign(group, AzureRole.KEY_VAULT_CRYPTO_USER, world.vaultId);
  }

  private static void byTwoRolesOfOnesOwn(PreflightWorld world) {
    String all = "Microsoft.KeyVault/vaults/keys/*";
    String one = "11111111-0000-0000-0000-000000000001";
    String other = "11111111-0000-0000-0000-000000000002";
    world.roles.define(one, List.of(), List.of(), List.of(all.replace("*", "encrypt/*")));
    world.roles.define(other, List.of(), List.of("*"), List.of("*/DECRYPT/action"));
    world.roles.assign(PRINCIPAL, one, world.vaultId, null);
    world.roles.assign(PRINCIPAL, other, world.vaultId, null);
  }
}
