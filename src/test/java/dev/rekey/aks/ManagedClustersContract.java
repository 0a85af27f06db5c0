package dev.rekey.aks;

import static dev.rekey.aks.ArmWorld.UPDATE_TAKES;
import static dev.rekey.aks.ArmWorld.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.fleet.MaintenanceConfiguration;
import dev.rekey.key.KeyId;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.KubernetesVersion;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.NetworkAccess;
import dev.rekey.operation.Openness;
import dev.rekey.operation.UpdateProgress;
import dev.rekey.operation.VaultResource;
import dev.rekey.service.port.FoundClusters;
import dev.rekey.service.port.ManagedClusters;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideFault.Kind;
import dev.rekey.simulation.azure.AcceptedUpdate;
import dev.rekey.simulation.azure.Maintenance;
import dev.rekey.simulation.azure.UpdateFault;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What every {@link ManagedClusters} does, whatever stands between it and ARM. */
abstract class ManagedClustersContract {
  static final UpdateProgress RUNNING = new UpdateProgress(UpdateProgress.State.RUNNING, null);
  static final UpdateProgress SUCCEEDED = new UpdateProgress(UpdateProgress.State.SUCCEEDED, null);
  private static final String READ = "Microsoft.ContainerService/managedClusters/read";
  private static final String WRITE = "Microsoft.ContainerService/managedClusters/write";
  private static final String ASSIGN =
      "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action";

  final ArmWorld world = new ArmWorld();

  abstract ManagedClusters clusters();

  @Test
  void list_holdsEveryClusterOfAllScopesAndPagesOnce() {
    assertThat(names(clusters().list())).containsExactlyInAnyOrderElementsOf(world.inScope);
    assertThat(clusters().find().isComplete()).isTrue();
  }

  @Test
  void cluster_isShownWithAllThatMatters() {
    ManagedCluster shown = clusters().read(world.prod);

    assertThat(shown.name()).isEqualTo(world.prod);
    assertThat(shown.resourceId())
        .isEqualTo(
            ArmWorld.FIRST_SUBSCRIPTION
                + "/resourceGroups/rg1/providers/Microsoft.ContainerService/managedClusters/prod");
    assertThat(shown.keyId()).isEqualTo(world.first.url());
    assertThat(shown.experience()).isEqualTo(KmsExperience.VERSIONED_KEY);
    assertThat(shown.etag()).isEqualTo(world.etag(world.prod));
    assertThat(shown.provisioningState()).isEqualTo("Succeeded");
    assertThat(shown.tags()).containsEntry("rekey-wave", "2");
    assertThat(clusters().list()).contains(shown);
  }

  @Test
  void noMaintenanceConfiguration_isNone() {
    assertThat(clusters().maintenance(world.prod)).isEmpty();
  }

  @Test
  void maintenanceConfigurationForUpgrades_decidesBeforeTheDefaultAndThatForNodeImagesNever() {
    Maintenance nodes =
        Maintenance.weekly("aksManagedNodeOSUpgradeSchedule", DayOfWeek.MONDAY, LocalTime.NOON, 4);
    Maintenance byDefault =
        Maintenance.weekly("default", DayOfWeek.TUESDAY, LocalTime.of(2, 30), 4);
    Maintenance upgrades =
        new Maintenance(
            "aksManagedAutoUpgradeSchedule",
            DayOfWeek.SATURDAY,
            LocalTime.of(22, 0),
            6,
            ZoneOffset.ofHours(-8),
            LocalDate.of(2026, 2, 1));

    world.arm.setMaintenance(world.prod, nodes);
    assertThat(clusters().maintenance(world.prod)).isEmpty();

    world.arm.setMaintenance(world.prod, nodes, byDefault);
    MaintenanceConfiguration shown = clusters().maintenance(world.prod).orElseThrow();
    assertThat(shown.name()).isEqualTo("default");
    assertThat(shown.window().openFrom(Instant.parse("2026-03-06T12:00:00Z")))
        .contains(Instant.parse("2026-03-10T02:30:00Z"));

    world.arm.setMaintenance(world.prod, nodes, byDefault, upgrades);
    shown = clusters().maintenance(world.prod).orElseThrow();
    assertThat(shown.name()).isEqualTo("aksManagedAutoUpgradeSchedule");
    assertThat(shown.window().openFrom(Instant.parse("2026-03-06T12:00:00Z")))
        .contains(Instant.parse("2026-03-08T06:00:00Z"));
    assertThat(shown.window().openFrom(Instant.parse("2026-01-01T00:00:00Z")))
        .contains(Instant.parse("2026-02-01T08:00:00Z"));
  }

  @Test
  void maintenanceThatMayNotBeRead_isForbiddenByNameOfTheRightAndNeverNone() {
    String right = "Microsoft.ContainerService/managedClusters/maintenanceConfigurations/read";
    world.arm.forbid(right, true);

    OutsideFault fault = fault(() -> clusters().maintenance(world.prod));

    assertThat(fault.kind()).isEqualTo(Kind.FORBIDDEN);
    assertThat(fault).hasMessageContaining(right);
  }

  @Test
  void memberThatNoTypedModelKnows_decidesTheExperienceInListsToo() {
    world.arm.changedByAnother(
        world.prod,
        body ->
            body.withObject("/properties/securityProfile/kubernetesResourceObjectEncryptionProfile")
                .put("infrastructureEncryption", "Enabled"));

    assertThat(clusters().list())
        .filteredOn(cluster -> cluster.name().equals(world.prod))
        .extracting(ManagedCluster::experience)
        .containsExactly(KmsExperience.PLATFORM_MANAGED);
  }

  /** A list lags behind: whoever is to change something reads the cluster itself. */
  @Test
  void clusterThatIsGoneAndStillListed_isFoundAndCannotBeRead() {
    world.arm.remove(world.prod);

    assertThat(names(clusters().list())).contains(world.prod);
    assertThat(fault(() -> clusters().read(world.prod)).kind()).isEqualTo(Kind.NOT_FOUND);
  }

  @Test
  void clusterThatAListDoesNotShowAsAWhole_isReadByItself() {
    world.arm.cutShortInLists(world.prod);

    assertThat(clusters().find().isComplete()).isTrue();
    assertThat(clusters().list()).contains(clusters().read(world.prod)).hasSize(8);
  }

  @Test
  void clusterThatVanishesBetweenListAndRead_isLeftOut() {
    world.arm.cutShortInLists(world.prod);
    world.arm.remove(world.prod);

    assertThat(names(clusters().list())).hasSize(7).doesNotContain(world.prod);
    assertThat(clusters().find().isComplete()).isTrue();
  }

  @Test
  void brokenCluster_hidesNoOtherAndIsNotTakenForAbsent() {
    world.arm.cutShortInLists(world.prod);
    world.arm.breakReads(world.prod);

    FoundClusters found = clusters().find();

    assertThat(names(found.clusters())).hasSize(7).doesNotContain(world.prod);
    assertThat(found.missing()).hasSize(1);
    assertThat(found.missing().get(0).kind()).isEqualTo(Kind.BROKEN);
    assertThat(fault(() -> clusters().list()).kind()).isEqualTo(Kind.BROKEN);
  }

  @Test
  void vault_isClosedAndOpenedAndNothingElseIsChanged() {
    String vault = world.vaultResource();
    ObjectNode before = world.vaultBody();
    assertThat(clusters().readVault(vault))
        .isEqualTo(new VaultResource(vault, Openness.ALL_NETWORKS));

    clusters().updateVault(vault, NetworkAccess.PRIVATE);

    assertThat(clusters().readVault(vault).openness()).isEqualTo(Openness.CLOSED);
    clusters().updateVault(vault, NetworkAccess.PUBLIC);
    assertThat(world.vaultBody()).isEqualTo(before);
  }

  @Test
  void vaultThatMayNotBeChanged_isForbiddenByNameOfTheRightAndWithTheCommandForWhoHasIt() {
    world.arm.forbid("Microsoft.KeyVault/vaults/write", true);

    OutsideFault fault =
        fault(() -> clusters().updateVault(world.vaultResource(), NetworkAccess.PRIVATE));

    assertThat(fault.kind()).isEqualTo(Kind.FORBIDDEN);
    assertThat(fault)
        .hasMessageContaining("Microsoft.KeyVault/vaults/write")
        .hasMessageContaining(
            "; or have somebody type: az keyvault update --ids "
                + world.vaultResource()
                + " --public-network-access Disabled");
    assertThat(clusters().readVault(world.vaultResource()).openness())
        .isEqualTo(Openness.ALL_NETWORKS);
  }

  @Test
  void unknownVault_isNotFound() {
    String other = world.vaultResource() + "-other";

    assertThat(fault(() -> clusters().readVault(other)).kind()).isEqualTo(Kind.NOT_FOUND);
  }

  @Test
  void unknownName_isNotFound() {
    assertThat(fault(() -> clusters().read(new ClusterName("unknown"))).kind())
        .isEqualTo(Kind.NOT_FOUND);
  }

  @Test
  void update_runsThenShowsTheNewKey() {
    String address = update();

    assertThat(address).startsWith("https://management.azure.com/subscriptions/");
    assertThat(clusters().progress(address)).isEqualTo(RUNNING);
    assertThat(clusters().read(world.prod).provisioningState()).isEqualTo("Updating");
    world.time.advance(UPDATE_TAKES);
    assertThat(clusters().progress(address)).isEqualTo(SUCCEEDED);
    assertThat(clusters().read(world.prod).keyId()).isEqualTo(world.second.url());
    assertThat(clusters().read(world.prod).hasSucceeded()).isTrue();
    assertThat(world.arm.acceptedUpdates())
        .containsExactly(new AcceptedUpdate(world.prod, KmsSettings.of(world.second)));
  }

  @Test
  void update_sendsTheBodyAsItWasWithOnePointerChanged() {
    ObjectNode expected = world.arm.body(world.prod);

    update();

    expected
        .withObject("/properties/securityProfile/azureKeyVaultKms")
        .put("keyId", world.second.url());
    assertThat(world.arm.acceptedBodies()).containsExactly(expected);
  }

  @Test
  void staleEtag_isRefusedUnsent() {
    String etag = world.etag(world.prod);
    world.arm.changedByAnother(world.prod, body -> body.withObject("/tags").put("owner", "x"));

    assertThat(updateFault(world.first, etag).kind()).isEqualTo(Kind.CHANGED_MEANWHILE);
    assertThat(world.arm.acceptedUpdates()).isEmpty();
  }

  @Test
  void otherKey_isRefusedUnsent() {
    assertThat(updateFault(world.second, world.etag(world.prod)).kind())
        .isEqualTo(Kind.CHANGED_MEANWHILE);
    assertThat(world.arm.acceptedUpdates()).isEmpty();
  }

  @Test
  void blankEtag_isRefusedUnsent() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                clusters()
                    .updateKms(
                        world.prod,
                        KmsSettings.of(world.first),
                        KmsSettings.of(world.second),
                        " "));
    assertThat(world.arm.acceptedUpdates()).isEmpty();
  }

  @Test
  void bodyWithoutEtag_isNeitherReadNorChanged() {
    String etag = world.etag(world.prod);
    world.arm.hideEtags(true);

    assertThat(fault(() -> clusters().read(world.prod)).kind()).isEqualTo(Kind.MALFORMED);
    assertThat(updateFault(world.first, etag).kind()).isEqualTo(Kind.MALFORMED);
    assertThat(world.arm.acceptedUpdates()).isEmpty();
  }

  @Test
  void upgrade_runsThenShowsTheNewKubernetes() {
    ManagedCluster before = clusters().read(world.prod);

    String address = upgrade("1.34.1", before.etag());

    ManagedCluster during = clusters().read(world.prod);
    assertThat(clusters().progress(address)).isEqualTo(RUNNING);
    assertThat(during.provisioningState()).isEqualTo("Upgrading");
    assertThat(during.kubernetesVersion()).isEqualTo(before.kubernetesVersion());
    assertThat(during.upgrade().wanted()).isEqualTo("1.34.1");
    world.time.advance(UPDATE_TAKES);
    assertThat(clusters().progress(address)).isEqualTo(SUCCEEDED);
    assertThat(clusters().read(world.prod).kubernetesVersion()).isEqualTo("1.34.1");
    assertThat(clusters().read(world.prod).keyId()).isEqualTo(before.keyId());
  }

  /** Each node pool is sent as it was read, its own version too: the control plane alone moves. */
  @Test
  void upgrade_sendsTheBodyAsItWasWithOnePointerChanged() {
    world.arm.changedByAnother(
        world.prod,
        body ->
            ((ObjectNode) body.at("/properties/agentPoolProfiles/0"))
                .put("orchestratorVersion", "1.33.5")
                .put("currentOrchestratorVersion", "1.33.5"));
    ObjectNode expected = world.arm.body(world.prod);

    upgrade("1.34.1", world.etag(world.prod));

    expected.withObject("/properties").put("kubernetesVersion", "1.34.1");
    assertThat(world.arm.acceptedBodies()).containsExactly(expected);
  }

  @Test
  void upgradeOnAStaleOrABlankEtag_isRefusedUnsent() {
    String etag = world.etag(world.prod);
    world.arm.changedByAnother(world.prod, body -> body.withObject("/tags").put("owner", "x"));

    assertThat(fault(() -> upgrade("1.34.1", etag)).kind()).isEqualTo(Kind.CHANGED_MEANWHILE);
    assertThatIllegalArgumentException().isThrownBy(() -> upgrade("1.34.1", " "));
    assertThat(world.arm.acceptedUpdates()).isEmpty();
  }

  @Test
  void upgradeThatAksDoesNotOffer_isRejected() {
    assertThat(fault(() -> upgrade("1.35.0", world.etag(world.prod))).kind())
        .isEqualTo(Kind.REJECTED);
    assertThat(world.arm.acceptedUpdates()).isEmpty();
  }

  @Test
  void upgradeWhileAnUpdateRunsOrWithoutTheRight_isRefusedBeforeAnythingIsDone() {
    world.arm.forbid(WRITE, true);
    OutsideFault forbidden = fault(() -> upgrade("1.34.1", world.etag(world.prod)));
    world.arm.forbid(WRITE, false);
    update();
    OutsideFault conflict = fault(() -> upgrade("1.34.1", world.etag(world.prod)));

    assertThat(forbidden.kind()).isEqualTo(Kind.FORBIDDEN);
    assertThat(forbidden).hasMessageContaining(WRITE);
    assertThat(conflict.kind()).isEqualTo(Kind.CONFLICT);
    assertThat(forbidden.isNotTaken() && conflict.isNotTaken()).isTrue();
    assertThat(world.arm.acceptedUpdates()).hasSize(1);
  }

  @Test
  void upgradeWhoseReplyIsLost_isOfUnknownEffectAndHadOne() {
    world.arm.failNextUpdate(UpdateFault.LOST_REPLY);

    OutsideFault fault = fault(() -> upgrade("1.34.1", world.etag(world.prod)));

    assertThat(fault.kind()).isIn(Kind.TIMED_OUT, Kind.UNREACHABLE);
    assertThat(fault.isNotTaken()).isFalse();
    assertThat(clusters().read(world.prod).provisioningState()).isEqualTo("Upgrading");
  }

  @Test
  void clusterFromBeforeItCouldHaveSeveralPools_isUpgradedWithItsNodes() {
    maxAgentPools(8);
    assertThat(clusters().read(world.prod).upgrade().takesNodesAlong()).isFalse();
    maxAgentPools(1);
    assertThat(clusters().read(world.prod).upgrade().takesNodesAlong()).isTrue();
  }

  private void maxAgentPools(int most) {
    world.arm.changedByAnother(
        world.prod, body -> body.withObject("/properties").put("maxAgentPools", most));
  }

  @Test
  void availabilitySets_areUpgradedWithTheControlPlane() {
    assertThat(clusters().read(world.prod).upgrade().takesNodesAlong()).isFalse();
    world.arm.changedByAnother(
        world.prod,
        body ->
            ((ObjectNode) body.at("/properties/agentPoolProfiles/0"))
                .put("type", "AvailabilitySet"));

    assertThat(clusters().read(world.prod).upgrade().takesNodesAlong()).isTrue();
  }

  String upgrade(String version, String etag) {
    return clusters()
        .upgradeKubernetes(world.prod, KubernetesVersion.of(version).orElseThrow(), etag);
  }

  @Test
  void secondUpdateWhileOneRuns_isConflict() {
    update();

    assertThat(updateFault(world.second, world.etag(world.prod)).kind()).isEqualTo(Kind.CONFLICT);
  }

  @Test
  void missingRightToRead_isNamedWithItsScope() {
    world.arm.forbid(READ, true);

    assertThat(fault(() -> clusters().list())).hasMessageContaining(READ);
    assertThat(clusters().find().clusters()).isEmpty();
    assertThat(clusters().find().isComplete()).isFalse();
  }

  @Test
  void missingRightToWrite_isNamedWithItsScope() {
    world.arm.forbid(WRITE, true);

    OutsideFault fault = updateFault(world.first, world.etag(world.prod));

    assertThat(fault.kind()).isEqualTo(Kind.FORBIDDEN);
    assertThat(fault)
        .hasMessageContaining(WRITE)
        .hasMessageContaining(clusters().read(world.prod).resourceId());
  }

  @Test
  void missingRightToAssignTheIdentity_isNamedWithTheIdentity() {
    world.arm.refuseAssign(true);

    OutsideFault fault = updateFault(world.first, world.etag(world.prod));

    assertThat(fault.kind()).isEqualTo(Kind.FORBIDDEN);
    assertThat(fault)
        .hasMessageContaining(ASSIGN)
        .hasMessageContaining("userAssignedIdentities/control-plane");
    assertThat(world.arm.acceptedUpdates()).isEmpty();
  }

  @Test
  void throttledCall_saysWhenToComeBack() {
    clusters().read(world.prod);
    world.arm.throttle(1, Duration.ofSeconds(17));

    OutsideFault fault = fault(() -> clusters().read(world.prod));

    assertThat(fault.kind()).isEqualTo(Kind.BUSY);
    assertThat(fault.retryAfter()).isEqualTo(Duration.ofSeconds(17));
    assertThat(clusters().read(world.prod).name()).isEqualTo(world.prod);
  }

  @Test
  void lostRequest_isOfUnknownEffectAndHadNone() {
    world.arm.failNextUpdate(UpdateFault.LOST_REQUEST);

    assertThat(updateFault(world.first, world.etag(world.prod)).kind())
        .isIn(Kind.TIMED_OUT, Kind.UNREACHABLE);
    assertThat(world.arm.acceptedUpdates()).isEmpty();
  }

  @Test
  void lostReply_isOfUnknownEffectAndHadOne() {
    world.arm.failNextUpdate(UpdateFault.LOST_REPLY);

    assertThat(updateFault(world.first, world.etag(world.prod)).kind())
        .isIn(Kind.TIMED_OUT, Kind.UNREACHABLE);
    assertThat(world.arm.acceptedUpdates()).hasSize(1);
  }

  @Test
  void updateThatFailsLater_saysWithWhichCode() {
    world.vault.setEnabled(world.second, false);
    String address = update();
    world.time.advance(UPDATE_TAKES);

    assertThat(clusters().progress(address))
        .isEqualTo(new UpdateProgress(UpdateProgress.State.FAILED, "KeyVaultKeyDisabled"));
    assertThat(clusters().read(world.prod).provisioningState()).isEqualTo("Failed");
  }

  @Test
  void progressOfAnAddressElsewhereOrOfNothing_isNotFound() {
    String address = update();

    assertThat(fault(() -> clusters().progress("https://attacker.example/operations/1")).kind())
        .isEqualTo(Kind.NOT_FOUND);
    String other = address.replaceAll("operations/[^?]*", "operations/unknown");
    assertThat(fault(() -> clusters().progress(other)).kind()).isEqualTo(Kind.NOT_FOUND);
  }

  String update() {
    return clusters()
        .updateKms(
            world.prod,
            KmsSettings.of(world.first),
            KmsSettings.of(world.second),
            world.etag(world.prod));
  }

  OutsideFault updateFault(KeyId from, String etag) {
    return fault(
        () ->
            clusters()
                .updateKms(world.prod, KmsSettings.of(from), KmsSettings.of(world.second), etag));
  }

  static OutsideFault fault(ThrowingCallable call) {
    return catchThrowableOfType(OutsideFault.class, call);
  }
}
