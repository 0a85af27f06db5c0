package dev.rekey.app.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.operation.Concern;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.operation.preflight.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What AKS doesn't support is refused before anything is changed; what is only advice isn't. */
class UnfitSurroundingsTest {
  private static final SimulatedRekey.Shape SHAPE = new SimulatedRekey.Shape(3, 20, 2, 2);

  @Test
  void firewalledVaultAndMoreThatIsWrong_enableIsRefusedWithAllOfItBeforeAnythingIsChanged()
      throws Exception {
    SimulatedRekey world = new SimulatedRekey(SHAPE, Kind.ENABLE);
    vault(world, SimulatedRekeyWorlds::firewalled);
    world.arm().changedByAnother(world.name(), SimulatedRekeyWorlds::systemAssigned);

    Ending ending = ending(run(world, world.ask()));

    assertThat(ending.outcome()).isEqualTo(Ending.Outcome.REFUSED);
    assertThat(ending.reason()).isEqualTo(Reason.PREFLIGHT_FAILED);
    assertThat(ending.detail())
        .startsWith("failed: user-assigned-identity, vault-open-to-api-servers\n")
        .contains(
            "\nvault-open-to-api-servers: open to selected networks only",
            "; type: az keyvault update --name example --public-network-access Enabled"
                + " --default-action Allow");
    assertThat(world.arm().acceptedUpdates()).isEmpty();
    assertThat(world.cluster().oracle().plain()).isEqualTo(20);
    assertThat(world.signals()).contains("operation-refused preflight-failed");
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"ROTATE", "DISABLE", "CHANGE_VAULT_ACCESS"})
  void firewalledVaultUnderAKeyInUse_isRefusedTooBecauseApiServersRestart(Kind kind)
      throws Exception {
    SimulatedRekey world = new SimulatedRekey(SHAPE, kind);
    vault(world, SimulatedRekeyWorlds::firewalled);

    Ending ending = ending(run(world, world.ask()));

    assertThat(ending.reason()).isEqualTo(Reason.PREFLIGHT_FAILED);
    assertThat(ending.detail()).startsWith("failed: vault-open-to-api-servers\n");
    assertThat(world.arm().acceptedUpdates()).isEmpty();
  }

  /** Settings stay, so nobody needs to look around. */
  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"REENCRYPT", "CENSUS"})
  void firewalledVault_standsAgainstNothingThatLeavesTheSettings(Kind kind) throws Exception {
    SimulatedRekey world = new SimulatedRekey(SHAPE, kind);
    vault(world, SimulatedRekeyWorlds::firewalled);

    assertThat(ending(run(world, world.ask())).outcome()).isEqualTo(Ending.Outcome.COMPLETED);
  }

  /** Before KMS is turned off, not when it shall be turned on again. */
  @Test
  void apiServersThatReachNoPrivateVault_changeOfAccessIsRefusedBeforeItsFirstHalf()
      throws Exception {
    SimulatedRekey world = new SimulatedRekey(SHAPE, Kind.CHANGE_VAULT_ACCESS);
    world
        .arm()
        .changedByAnother(
            world.name(),
            body -> body.withObject("/properties/apiServerAccessProfile").removeAll());

    Ending ending = ending(run(world, world.ask()));

    assertThat(ending.detail()).startsWith("failed: api-server-vnet-integration\n");
    assertThat(world.arm().acceptedUpdates()).isEmpty();
  }

  @Test
  void rightToAssignIdentitiesMissing_isRefusedWithTheRightNamedBeforeAnythingIsProved()
      throws Exception {
    SimulatedRekey world = new SimulatedRekey(SHAPE);
    world.arm().refuseAssign(true);

    Ending ending = ending(run(world, world.ask()));

    assertThat(ending.reason()).isEqualTo(Reason.ACCESS_DENIED);
    assertThat(ending.detail()).contains("userAssignedIdentities/assign/action");
  }

  /** It would show only when KMS is off. */
  @Test
  void rightToChangeTheVaultMissing_changeOfAccessIsRefusedBeforeItsFirstHalf() throws Exception {
    SimulatedRekey world = new SimulatedRekey(SHAPE, Kind.CHANGE_VAULT_ACCESS);
    world.arm().forbid("Microsoft.KeyVault/vaults/write", true);

    Ending ending = ending(run(world, world.ask()));

    assertThat(ending.reason()).isEqualTo(Reason.ACCESS_DENIED);
    assertThat(ending.detail()).startsWith("failed: own-right-to-change-vault\n");
    assertThat(world.arm().acceptedUpdates()).isEmpty();
  }

  @Test
  void vaultWithoutPurgeProtection_isNotedAndRotatedAllTheSame() throws Exception {
    SimulatedRekey world = new SimulatedRekey(SHAPE);
    vault(world, body -> body.withObject("/properties").put("enablePurgeProtection", false));

    Operation ended = run(world, world.ask());

    assertThat(ending(ended).outcome()).isEqualTo(Ending.Outcome.COMPLETED);
    assertThat(ended.progress().findings().concerns())
        .contains(new Concern("vault-purge-protection", Verdict.WARNED, "purge protection is off"));
  }

  @Test
  void nodePoolAtWork_isWaitedFor() throws Exception {
    SimulatedRekey world = new SimulatedRekey(SHAPE);
    world.arm().changedByAnother(world.name(), SimulatedRekeyWorlds.poolState("Upgrading"));

    Operation waiting = world.process().run(world.ask(), any -> {}, Duration.ofMinutes(5));
    Pending pending = Objects.requireNonNull(waiting.progress().pending());
    assertThat(pending.reason()).isEqualTo(Reason.CLUSTER_BUSY);

    world.arm().changedByAnother(world.name(), SimulatedRekeyWorlds.poolState("Succeeded"));
    assertThat(ending(run(world, waiting)).outcome()).isEqualTo(Ending.Outcome.COMPLETED);
  }

  @Test
  void rotationThatAnEventBegan_isTriedAgainOnlyWhenWhatStoodAgainstItHasGone() throws Exception {
    SimulatedRekey world = new SimulatedRekey(SHAPE);
    List<String> events = world.makeNewVersion();
    vault(world, SimulatedRekeyWorlds::firewalled);
    events.forEach(world.process()::receive);
    run(world, active(world));

    world.time().advance(Duration.ofHours(2));
    world.process().reconcile();
    assertThat(world.process().unfinished(world.name())).isEmpty();
    assertThat(world.signals()).contains("rotation-not-begun refused-before");

    vault(world, SimulatedRekeyWorlds::opened);
    world.process().reconcile();
    assertThat(ending(run(world, active(world))).outcome()).isEqualTo(Ending.Outcome.COMPLETED);
    assertThat(world.records().operations(world.name())).hasSize(2);
  }

  private static void vault(SimulatedRekey world, Consumer<ObjectNode> change) {
    world.arm().neighbours().change(world.vaultResource(), change);
  }

  private static Operation active(SimulatedRekey world) {
    return world.process().unfinished(world.name()).orElseThrow();
  }

  private static Operation run(SimulatedRekey world, Operation started) throws Exception {
    return world.process().run(started, latest -> {}, Duration.ofDays(1));
  }

  private static Ending ending(Operation operation) {
    return Objects.requireNonNull(operation.progress().ending());
  }
}
