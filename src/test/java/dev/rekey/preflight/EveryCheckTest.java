package dev.rekey.preflight;

import static dev.rekey.operation.preflight.Verdict.CANNOT_TELL;
import static dev.rekey.operation.preflight.Verdict.FAILED;
import static dev.rekey.operation.preflight.Verdict.PASSED;
import static dev.rekey.operation.preflight.Verdict.WARNED;
import static dev.rekey.preflight.PreflightWorld.KEY;
import static dev.rekey.preflight.PreflightWorld.KMS;
import static dev.rekey.preflight.PreflightWorld.PRINCIPAL;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.key.KeyId;
import dev.rekey.key.RotationPolicy;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.NetworkAccess;
import dev.rekey.operation.preflight.Change;
import dev.rekey.operation.preflight.Finding;
import dev.rekey.operation.preflight.Preflight;
import dev.rekey.operation.preflight.Verdict;
import dev.rekey.service.port.OutsideFault.Kind;
import dev.rekey.simulation.azure.AzureRole;
import dev.rekey.simulation.azure.NewVersion;
import dev.rekey.simulation.azure.UsualNeighbours;
import dev.rekey.simulation.azure.VaultRight;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every check passes in a sound world, and no longer does when the one thing that it looks at is
 * broken.
 */
class EveryCheckTest {

  /** A change in a world. */
  private enum World {
    ROTATION(world -> {}),
    PRIVATE_ROTATION(PreflightWorld::privately),
    TO_ANOTHER_VAULT(PreflightWorld::toAnotherVault);

    private final Consumer<PreflightWorld> made;

    World(Consumer<PreflightWorld> made) {
      this.made = made;
    }

    PreflightWorld make() {
      PreflightWorld world = new PreflightWorld();
      made.accept(world);
      return world;
    }
  }

  /** What breaks a check. */
  private record Case(
      String check,
      World world,
      String situation,
      Verdict verdict,
      Consumer<PreflightWorld> broken) {

    @Override
    public String toString() {
      return check + ": " + situation;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        row("provisioning-succeeded", "failed", FAILED, state("Failed")),
        row("provisioning-succeeded", "aborted", FAILED, state("Canceled")),
        row("no-operation-in-progress", "updating", FAILED, state("Updating")),
        row(
            "no-operation-in-progress",
            "pool upgrading",
            FAILED,
            pool("provisioningState", "Upgrading")),
        row(
            "cluster-running",
            "stopped",
            FAILED,
            cluster("/properties/powerState", "code", "Stopped")),
        row("kms-v2", "1.26", FAILED, version("1.26.15")),
        row(
            "versioned-key-experience",
            "platform",
            FAILED,
            cluster(
                "/properties/securityProfile/kubernetesResourceObjectEncryptionProfile",
                "infrastructureEncryption",
                "Enabled")),
        row(
            "versioned-key-experience",
            "versionless",
            FAILED,
            cluster(KMS, "keyId", KEY.toString())),
        row(
            "settings-as-expected",
            "other key",
            FAILED,
            world -> world.arm.keyIdWrittenByAnother(world.prod, world.zeroth)),
        row(
            "settings-as-expected",
            "switched off",
            FAILED,
            world -> world.cluster(body -> body.withObject(KMS).put("enabled", false))),
        row(
            "settings-as-expected",
            "other mode",
            FAILED,
            cluster(KMS, "keyVaultNetworkAccess", "Private")),
        row(
            "secrets-within-kms-v1-limit",
            "2,001 on v1",
            FAILED,
            version("1.26.15").andThen(PreflightWorld::manySecrets)),
        row(
            "system-nodes-present",
            "scaled to zero behind AKS",
            FAILED,
            world -> scaleTo(world, 0)),
        row(
            "system-nodes-present",
            "a user pool scaled to zero",
            WARNED,
            EveryCheckTest::emptyUserPool),
        row(
            "system-nodes-present",
            "no scale set",
            CANNOT_TELL,
            world -> world.neighbours.remove(world.scaleSetId)),
        row(
            "user-assigned-identity",
            "system-assigned",
            FAILED,
            cluster("/identity", "type", "SystemAssigned")),
        row("user-assigned-identity", "none", FAILED, cluster("/identity", "type", "None")),
        row(
            "identity-exists",
            "deleted",
            FAILED,
            world -> world.neighbours.remove(world.identityId)),
        row(
            "identity-exists",
            "made anew",
            FAILED,
            world ->
                world.neighbours.change(
                    world.identityId,
                    body ->
                        body.withObject("/properties")
                            .put("principalId", "00000000-0000-0000-0000-000000000099"))),
        row("identity-may-use-key", "no role", FAILED, world -> world.roles.revokeAll(PRINCIPAL)),
        row(
            "identity-may-use-key",
            "wraps only",
            FAILED,
            only(AzureRole.KEY_VAULT_CRYPTO_SERVICE_ENCRYPTION_USER)),
        row("identity-may-use-key", "owner without data actions", FAILED, only(AzureRole.OWNER)),
        row(
            "identity-may-use-key",
            "role elsewhere",
            FAILED,
            EveryCheckTest::roleOnAVaultWithALongerName),
        row("identity-may-use-key", "role on another key", FAILED, on("/keys/other")),
        row(
            "identity-may-use-key",
            "no policy",
            FAILED,
            world -> policies(world, false, PRINCIPAL, "get", "list")),
        row(
            "identity-may-use-key",
            "decrypt alone",
            FAILED,
            world -> policies(world, false, PRINCIPAL, "decrypt")),
        row(
            "identity-may-use-key",
            "policies are ignored where roles decide",
            FAILED,
            EveryCheckTest::policyWhereRolesDecide),
        row("identity-may-use-key", "on a condition", CANNOT_TELL, EveryCheckTest::onCondition),
        row(
            "identity-may-use-key",
            "perhaps by a group's policy",
            CANNOT_TELL,
            world ->
                policies(
                    world, false, "00000000-0000-0000-0000-000000000077", "encrypt", "decrypt")),
        row(
            "identity-may-use-key",
            "role that can't be read",
            CANNOT_TELL,
            world -> world.arm.forbid("Microsoft.Authorization/roleDefinitions/read", true)),
        new Case(
            "identity-may-use-key-so-far",
            World.TO_ANOTHER_VAULT,
            "no role on the vault so far",
            FAILED,
            EveryCheckTest::onlyOnTheOtherVault),
        priv(
            "identity-may-connect-vault",
            "no contributor",
            FAILED,
            only(AzureRole.KEY_VAULT_CRYPTO_USER)),
        priv("vault-exists", "deleted", FAILED, world -> world.neighbours.remove(world.vaultId)),
        row(
            "vault-exists",
            "in no subscription that is searched",
            CANNOT_TELL,
            world -> world.neighbours.remove(world.vaultId)),
        row(
            "vault-in-same-tenant",
            "another one's",
            FAILED,
            vault("tenantId", "00000000-0000-0000-0000-0000000000ff")),
        row(
            "vault-open-to-api-servers",
            "closed",
            FAILED,
            vault("publicNetworkAccess", "Disabled")),
        row(
            "vault-open-to-api-servers",
            "selected networks",
            FAILED,
            world ->
                world.vaultResource(
                    body ->
                        body.withObject("/properties/networkAcls").put("defaultAction", "Deny"))),
        row(
            "vault-open-to-api-servers",
            "secured by perimeter",
            CANNOT_TELL,
            vault("publicNetworkAccess", "SecuredByPerimeter")),
        priv("vault-closed-when-private", "open", WARNED, vault("publicNetworkAccess", "Enabled")),
        priv(
            "vault-resource-id-named",
            "not named",
            FAILED,
            world -> world.to(new KmsSettings(world.second, NetworkAccess.PRIVATE, null))),
        priv(
            "vault-resource-id-named",
            "another host",
            FAILED,
            vault("vaultUri", "https://other-kv.vault.azure.net/")),
        priv(
            "api-server-vnet-integration",
            "Konnectivity",
            FAILED,
            world ->
                world.cluster(
                    body -> body.withObject("/properties").remove("apiServerAccessProfile"))),
        row(
            "vault-mode-kept",
            "to private",
            FAILED,
            world -> world.to(KmsSettings.ofPrivate(world.second, world.vaultId))),
        priv(
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
        priv(
            "private-endpoint-approved",
            "none",
            FAILED,
            world ->
                world.vaultResource(
                    body -> body.withObject("/properties").remove("privateEndpointConnections"))),
        row(
            "vault-soft-delete",
            "off",
            WARNED,
            world ->
                world.vaultResource(
                    body -> body.withObject("/properties").put("enableSoftDelete", false))),
        row(
            "vault-soft-delete",
            "not shown",
            CANNOT_TELL,
            world ->
                world.vaultResource(
                    body -> body.withObject("/properties").remove("enableSoftDelete"))),
        row(
            "vault-purge-protection",
            "never set",
            WARNED,
            world ->
                world.vaultResource(
                    body -> body.withObject("/properties").remove("enablePurgeProtection"))),
        row(
            "vault-diagnostics",
            "none",
            WARNED,
            world -> world.neighbours.remove(diagnostics(world))),
        row(
            "vault-diagnostics",
            "switched off",
            WARNED,
            world ->
                world.neighbours.change(
                    diagnostics(world),
                    body -> ((ObjectNode) body.at("/properties/logs/0")).put("enabled", false))),
        row(
            "target-key-found",
            "no such version",
            FAILED,
            world -> world.to(KmsSettings.of(new KeyId(KEY, "00000000000000000000000000000000")))),
        row(
            "target-key-enabled",
            "disabled",
            FAILED,
            world -> world.vault.setEnabled(world.second, false)),
        row(
            "target-key-type",
            "elliptic curve",
            FAILED,
            world -> world.to(made(world, NewVersion.rsa().ofType("EC")))),
        row(
            "target-key-operations",
            "signs only",
            FAILED,
            world -> world.to(made(world, NewVersion.rsa().permitting("sign", "verify")))),
        row(
            "target-key-validity",
            "expired",
            FAILED,
            world -> expires(world, world.second, Duration.ofDays(-1))),
        row(
            "target-key-validity",
            "an hour left",
            FAILED,
            world -> expires(world, world.second, Duration.ofHours(1))),
        row(
            "target-key-validity",
            "not yet valid",
            FAILED,
            world -> world.vault.setNotBefore(world.second, world.time.instant().plusSeconds(60))),
        row(
            "target-key-validity",
            "ten days left",
            WARNED,
            world -> expires(world, world.second, Duration.ofDays(10))),
        row(
            "current-key-usable",
            "disabled",
            FAILED,
            world -> world.vault.setEnabled(world.first, false)),
        row(
            "current-key-usable",
            "expired",
            FAILED,
            world -> expires(world, world.first, Duration.ofDays(-1))),
        row(
            "previous-key-usable",
            "expired",
            FAILED,
            world -> expires(world, world.zeroth, Duration.ofDays(-1))),
        row(
            "key-outlives-two-rotations",
            "rotated by the vault",
            WARNED,
            world -> lives(world, 60, new RotationPolicy(null, Period.ofDays(40), null))),
        row(
            "key-outlives-two-rotations",
            "rotated before expiry",
            WARNED,
            world -> lives(world, 90, new RotationPolicy(null, null, Period.ofDays(30)))),
        row(
            "key-outlives-two-rotations",
            "rotated at the notice",
            WARNED,
            world -> lives(world, 365, RotationPolicy.NONE)),
        row(
            "own-right-to-update-cluster",
            "no write",
            FAILED,
            forbidden("Microsoft.ContainerService/managedClusters/write")),
        row(
            "own-right-to-assign-identity",
            "no assign",
            FAILED,
            world -> world.arm.refuseAssign(true)),
        row(
            "own-right-to-join-subnets",
            "no join",
            FAILED,
            forbidden("Microsoft.Network/virtualNetworks/subnets/join/action")),
        priv(
            "own-right-to-connect-vault",
            "no approval",
            WARNED,
            forbidden("Microsoft.KeyVault/vaults/PrivateEndpointConnectionsApproval/action")),
        row(
            "own-right-to-read-keys",
            "no read",
            FAILED,
            world -> world.vault.revoke(VaultRight.READ)),
        row(
            "own-rights-on-api-server",
            "no list",
            FAILED,
            world -> world.apiServerFault = Kind.FORBIDDEN),
        row("reaches-arm", "silent", FAILED, world -> world.armSilent = true),
        row("reaches-vault", "silent", FAILED, world -> world.vault.setReachable(false)),
        row(
            "reaches-vault",
            "a firewall, or no right",
            CANNOT_TELL,
            world -> world.vault.revoke(VaultRight.READ)),
        row("reaches-api-server", "outside its ranges", FAILED, EveryCheckTest::outsideRanges));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void brokenWorld_isSaidByTheCheckWithARemedy(Case each) {
    try (PreflightWorld world = each.world().make()) {
      each.broken().accept(world);

      Finding finding = world.finding(each.check());

      assertThat(finding.verdict()).describedAs("%s", finding).isEqualTo(each.verdict());
      assertThat(finding.seen()).isNotBlank().doesNotContain("null");
      assertThat(finding.expected()).isNotBlank();
      assertThat(finding.remedy()).matches("(az|kubectl|rekey) .*").doesNotContain("null");
      assertThat(finding.link()).startsWith("https://learn.microsoft.com/");
    }
  }

  @Test
  void soundWorlds_passEveryCheckThatConcernsThem() {
    for (World kind : World.values()) {
      try (PreflightWorld world = kind.make()) {
        assertThat(world.findings().values())
            .describedAs("%s", kind)
            .allSatisfy(finding -> assertThat(finding.verdict()).isEqualTo(PASSED))
            .allSatisfy(finding -> assertThat(finding.remedy()).isEmpty());
        Set<String> concerned =
            cases()
                .filter(each -> each.world() == kind)
                .map(Case::check)
                .collect(Collectors.toSet());
        assertThat(world.findings().keySet()).containsAll(concerned);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void simulationInProcess_comesToTheSame(Case each) {
    try (PreflightWorld world = each.world().make()) {
      each.broken().accept(world);
      if (!world.armSilent) {
        assertThat(verdicts(world.findingsInProcess())).isEqualTo(verdicts(world.findings()));
      }
    }
  }

  private static Map<String, Verdict> verdicts(Map<String, Finding> findings) {
    return findings.values().stream().collect(Collectors.toMap(Finding::check, Finding::verdict));
  }

  @Test
  void everyCheck_isBrokenBySomeCase() {
    assertThat(cases().map(Case::check).collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(Preflight.tokens());
  }

  @Test
  void previousSlotThatNobodyKnows_isNotGuessed() {
    try (PreflightWorld world = new PreflightWorld()) {
      world.change = new Change(world.change.from(), world.change.to(), null);

      assertThat(world.finding("previous-key-usable").verdict()).isEqualTo(CANNOT_TELL);
    }
  }

  @ParameterizedTest
  @MethodSource("grants")
  void identityThatIsAllowedOtherwise_passes(Consumer<PreflightWorld> allowed) {
    try (PreflightWorld world = new PreflightWorld()) {
      world.roles.revokeAll(PRINCIPAL);
      allowed.accept(world);

      Finding finding = world.finding("identity-may-use-key");

      assertThat(finding.verdict()).describedAs("%s", finding).isEqualTo(PASSED);
    }
  }

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
        EveryCheckTest::ofAGroup,
        EveryCheckTest::byTwoRolesOfOnesOwn,
        world -> policies(world, false, PRINCIPAL, "Encrypt", "decrypt"),
        world -> policies(world, false, PRINCIPAL, "all"));
  }

  private static Case row(
      String check, String situation, Verdict verdict, Consumer<PreflightWorld> broken) {
    return new Case(check, World.ROTATION, situation, verdict, broken);
  }

  private static Case priv(
      String check, String situation, Verdict verdict, Consumer<PreflightWorld> broken) {
    return new Case(check, World.PRIVATE_ROTATION, situation, verdict, broken);
  }

  private static Consumer<PreflightWorld> cluster(String object, String member, String value) {
    return world -> world.cluster(body -> body.withObject(object).put(member, value));
  }

  private static Consumer<PreflightWorld> state(String value) {
    return cluster("/properties", "provisioningState", value);
  }

  private static Consumer<PreflightWorld> version(String value) {
    return cluster("/properties", "currentKubernetesVersion", value);
  }

  private static Consumer<PreflightWorld> pool(String member, String value) {
    return world ->
        world.cluster(
            body -> ((ObjectNode) body.at("/properties/agentPoolProfiles/0")).put(member, value));
  }

  private static Consumer<PreflightWorld> vault(String member, String value) {
    return world -> world.vaultResource(body -> body.withObject("/properties").put(member, value));
  }

  private static Consumer<PreflightWorld> forbidden(String action) {
    return world -> world.arm.forbid(action, true);
  }

  private static void scaleTo(PreflightWorld world, int capacity) {
    world.neighbours.change(
        world.scaleSetId, body -> body.withObject("/sku").put("capacity", capacity));
  }

  private static void emptyUserPool(PreflightWorld world) {
    world.cluster(
        body -> {
          ObjectNode pool = body.at("/properties/agentPoolProfiles/0").deepCopy();
          pool.put("name", "user").put("mode", "User");
          body.withArray("/properties/agentPoolProfiles").add(pool);
        });
    new UsualNeighbours(world.neighbours).around(world.arm.body(world.prod), "sample-kv");
    world.neighbours.change(
        world.scaleSetId.replace("aks-pool", "aks-user"),
        body -> body.withObject("/sku").put("capacity", 0));
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

  private static String diagnostics(PreflightWorld world) {
    return world.vaultId + "/providers/microsoft.insights/diagnosticSettings/kms";
  }

  private static KmsSettings made(PreflightWorld world, NewVersion version) {
    return KmsSettings.of(world.vault.createVersion(KEY, version));
  }

  private static void expires(PreflightWorld world, KeyId version, Duration in) {
    world.vault.setExpiry(version, world.time.instant().plus(in));
  }

  private static void lives(PreflightWorld world, int days, RotationPolicy policy) {
    expires(world, world.second, Duration.ofDays(days));
    world.vault.setRotationPolicy(KEY, policy);
  }

  private static void outsideRanges(PreflightWorld world) {
    world.cluster(
        body ->
            body.withObject("/properties/apiServerAccessProfile")
                .putArray("authorizedIPRanges")
                .add("203.0.113.0/24"));
    world.apiServerFault = Kind.UNREACHABLE;
  }
}
