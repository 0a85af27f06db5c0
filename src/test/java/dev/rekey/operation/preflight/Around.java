package dev.rekey.operation.preflight;

import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.RotationPolicy;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.Openness;
import dev.rekey.operation.preflight.Reach.Contact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Surroundings that are sound until a test changes one thing. */
final class Around {
  static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  static final VaultKey KEY = new VaultKey("kv.vault.azure.net", "secrets");
  static final KeyId PREVIOUS = new KeyId(KEY, "1");
  static final KeyId CURRENT = new KeyId(KEY, "2");
  static final KeyId TARGET = new KeyId(KEY, "3");
  static final String GROUP = "/subscriptions/s/resourceGroups/rg";
  static final String CLUSTER =
      GROUP + "/providers/Microsoft.ContainerService/managedClusters/prod";
  static final String IDENTITY =
      GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id";
  static final String SUBNET =
      GROUP + "/providers/Microsoft.Network/virtualNetworks/net/subnets/nodes";
  static final String VAULT = GROUP + "/providers/Microsoft.KeyVault/vaults/kv";
  static final String PRINCIPAL = "00000000-0000-0000-0000-000000000003";
  static final Set<String> BOTH = Set.of("encrypt", "decrypt");

  Change change = new Change(KmsSettings.of(CURRENT), KmsSettings.of(TARGET), PREVIOUS);

  String provisioningState = "Succeeded";
  String powerState = "Running";
  String kubernetes = "1.33.5";
  KmsSettings kms = KmsSettings.of(CURRENT);
  String keyId = CURRENT.url();
  KmsExperience experience = KmsExperience.VERSIONED_KEY;
  ClusterIdentity.Type identityType = ClusterIdentity.Type.USER_ASSIGNED;
  ApiServerAccess apiServer = new ApiServerAccess(false, false, List.of(), null);
  List<AgentPool> pools =
      new ArrayList<>(List.of(new AgentPool("system", 3, "System", "Succeeded", SUBNET)));
  Reading<ClusterSetup> clusterInstead;

  Reading<String> tenant = Reading.of("t");
  List<Reading<AssignedIdentity>> identities =
      new ArrayList<>(List.of(Reading.of(new AssignedIdentity(IDENTITY, PRINCIPAL))));
  Reading<List<ScaleSet>> scaleSets = Reading.of(List.of(new ScaleSet("system", 3)));
  List<OwnRights> ownRights = new ArrayList<>(List.of(all(CLUSTER), all(IDENTITY), all(SUBNET)));

  String vaultHost = KEY.vaultHost();
  String vaultTenant = "T";
  Openness openness = Openness.ALL_NETWORKS;
  Boolean rbac = true;
  List<AccessPolicy> policies = new ArrayList<>();
  Boolean softDelete = true;
  Boolean purgeProtection = true;
  List<PrivateConnection> connections = new ArrayList<>();
  Reading<VaultSetup> vaultInstead;
  Reading<List<RoleGrant>> grants =
      Reading.of(
          List.of(
              grant(VAULT, false, "Microsoft.KeyVault/*"),
              withContent(VAULT, "Microsoft.KeyVault/vaults/keys/*")));
  Reading<Boolean> logged = Reading.of(true);
  Reading<List<Permission>> vaultRights = Reading.of(List.of(allows("*")));

  List<KeyVersion> versions =
      new ArrayList<>(
          List.of(version(PREVIOUS, null), version(CURRENT, null), version(TARGET, null)));
  Reading<List<KeyVersion>> versionsInstead;
  Reading<RotationPolicy> policy = Reading.of(RotationPolicy.NONE);
  Reach reach = new Reach(Contact.ANSWERED, Contact.ANSWERED, Contact.ANSWERED);
  Reading<Long> secrets = Reading.of(10L);

  Around privately() {
    change =
        new Change(
            KmsSettings.ofPrivate(CURRENT, VAULT), KmsSettings.ofPrivate(TARGET, VAULT), PREVIOUS);
    kms = KmsSettings.ofPrivate(CURRENT, VAULT);
    apiServer = new ApiServerAccess(true, false, List.of(), null);
    openness = Openness.CLOSED;
    connections.add(new PrivateConnection(GROUP + "/pe", "Approved"));
    return this;
  }

  List<Finding> findings() {
    return Preflight.findings(new Question(change, surroundings(), NOW));
  }

  Surroundings surroundings() {
    ClusterSetup setup =
        new ClusterSetup(
            CLUSTER,
            provisioningState,
            powerState,
            kubernetes,
            kms,
            keyId,
            experience,
            new ClusterIdentity(identityType, List.of(new AssignedIdentity(IDENTITY, PRINCIPAL))),
            apiServer,
            pools);
    VaultSetup vault =
        new VaultSetup(
            VAULT,
            vaultHost,
            vaultTenant,
            openness,
            rbac,
            policies,
            softDelete,
            purgeProtection,
            connections);
    return new Surroundings(
        new ClusterSide(
            clusterInstead == null ? Reading.of(setup) : clusterInstead,
            tenant,
            identities,
            scaleSets,
            ownRights),
        List.of(
            new VaultSide(
                KEY.vaultHost(),
                vaultInstead == null ? Reading.of(vault) : vaultInstead,
                grants,
                logged,
                vaultRights)),
        List.of(
            new KeySide(
                KEY, versionsInstead == null ? Reading.of(versions) : versionsInstead, policy)),
        reach,
        secrets);
  }

  Finding finding(String check) {
    return findings().stream()
        .filter(finding -> finding.check().equals(check))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no finding of " + check));
  }

  /** Another version in place of one of the same id. */
  void put(KeyVersion version) {
    versions.replaceAll(each -> each.id().isSameAs(version.id()) ? version : each);
  }

  static KeyVersion version(KeyId id, Instant expires) {
    return new KeyVersion(id, true, NOW, null, expires, "RSA", BOTH);
  }

  static OwnRights all(String scope) {
    return new OwnRights(scope, Reading.of(List.of(allows("*"))));
  }

  static Permission allows(String action) {
    return new Permission(List.of(new ActionPattern(action)), List.of(), List.of(), List.of());
  }

  static Permission allButOne(String action) {
    return new Permission(
        List.of(new ActionPattern("*")), List.of(new ActionPattern(action)), List.of(), List.of());
  }

  static RoleGrant grant(String scope, boolean conditional, String action) {
    return new RoleGrant(scope, "r", conditional, Reading.of(List.of(allows(action))));
  }

  static RoleGrant withContent(String scope, String dataAction) {
    Permission permission =
        new Permission(List.of(), List.of(), List.of(new ActionPattern(dataAction)), List.of());
    return new RoleGrant(scope, "r", false, Reading.of(List.of(permission)));
  }
}
