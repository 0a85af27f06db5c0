package dev.rekey.simulation.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.key.KeyId;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.UpdateProgress;
import dev.rekey.service.port.OutsideFault;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SimulatedArmTest {
  private static final VaultKey KEY = new VaultKey("sample-kv.vault.azure.net", "secrets");
  private static final Duration UPDATE_TAKES = Duration.ofMinutes(5);
  private static final UpdateProgress RUNNING =
      new UpdateProgress(UpdateProgress.State.RUNNING, null);
  private static final UpdateProgress SUCCEEDED =
      new UpdateProgress(UpdateProgress.State.SUCCEEDED, null);

  private final SettableTime time = new SettableTime();
  private final Random random = new Random(1);
  private final SimulatedVault vault = new SimulatedVault(time, random);
  private final SteppedControlPlane controlPlane = new SteppedControlPlane();
  private final SimulatedArm arm =
      new SimulatedArm(time, random, vault, controlPlane, UPDATE_TAKES);
  private final KeyId first = vault.createVersion(KEY);
  private final KeyId second = vault.createVersion(KEY);
  private final ClusterName cluster = arm.add(NewCluster.named("prod").withKey(first));

  @Test
  void clusterIsShownWithItsKey() {
    ClusterName tagged = arm.add(NewCluster.named("Test_1").tagged("rekey-wave", "2"));

    ManagedCluster shown = arm.read(cluster);

    assertThat(shown.keyId()).isEqualTo(first.url());
    assertThat(shown.experience()).isEqualTo(KmsExperience.VERSIONED_KEY);
    assertThat(shown.provisioningState()).isEqualTo("Succeeded");
    assertThat(shown.etag()).isNotBlank();
    assertThat(arm.list()).containsExactly(shown, arm.read(tagged));
    assertThat(arm.read(tagged).tags()).containsEntry("rekey-wave", "2");
    assertThat(arm.read(tagged).keyId()).isNull();
  }

  @Test
  void updateRunsForItsTimeThenShowsTheNewKey() {
    String address = update(second);

    assertThat(address).startsWith("https://management.azure.com/subscriptions/");
    assertThat(arm.progress(address)).isEqualTo(RUNNING);
    assertThat(arm.read(cluster).provisioningState()).isEqualTo("Updating");
    time.pass(UPDATE_TAKES.minusSeconds(1));
    assertThat(arm.progress(address)).isEqualTo(RUNNING);
    time.pass(Duration.ofSeconds(1));
    assertThat(arm.progress(address)).isEqualTo(SUCCEEDED);
    assertThat(arm.read(cluster).provisioningState()).isEqualTo("Succeeded");
    assertThat(arm.read(cluster).keyId()).isEqualTo(second.url());
    assertThat(controlPlane.rolls).containsExactly(cluster + " -> " + second);
    assertThat(arm.acceptedUpdates())
        .containsExactly(new AcceptedUpdate(cluster, KmsSettings.of(second)));
  }

  @Test
  void updateRunsUntilTheControlPlaneHasRolled() {
    controlPlane.rolled = false;
    String address = update(second);
    time.pass(UPDATE_TAKES.plusMinutes(1));
    assertThat(arm.progress(address)).isEqualTo(RUNNING);

    controlPlane.rolled = true;

    assertThat(arm.progress(address)).isEqualTo(SUCCEEDED);
  }

  @Test
  void updateWhoseControlPlaneNeverRollsFailsInTheEnd() {
    controlPlane.rolled = false;
    String address = update(second);

    time.pass(UPDATE_TAKES.plusHours(1));

    assertThat(arm.progress(address)).isEqualTo(failed("ControlPlaneUpdateTimedOut"));
    assertThat(arm.read(cluster).provisioningState()).isEqualTo("Failed");
  }

  @Test
  void updateChangesNothingButKeyStateAndEtag() {
    ObjectNode before = arm.body(cluster);

    finish(update(second));

    ObjectNode after = arm.body(cluster);
    assertThat(after.path("eTag")).isNotEqualTo(before.path("eTag"));
    after.set("eTag", before.path("eTag"));
    after.withObject("/properties/securityProfile/azureKeyVaultKms").put("keyId", first.url());
    assertThat(after).isEqualTo(before);
  }

  @Test
  void etagMovesWithAcceptanceAndWithTheEnd() {
    String before = arm.read(cluster).etag();
    String address = update(second);
    String during = arm.read(cluster).etag();
    finish(address);

    assertThat(arm.read(cluster).etag()).isNotIn(before, during);
    assertThat(during).isNotEqualTo(before);
  }

  @Test
  void blankEtagIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> arm.updateKms(cluster, KmsSettings.of(first), KmsSettings.of(second), " "));
    assertThat(arm.acceptedUpdates()).isEmpty();
  }

  @Test
  void someoneElsesChangeOfATagRefusesTheUpdate() {
    String etag = arm.read(cluster).etag();

    arm.changedByAnother(cluster, body -> body.withObject("/tags").put("owner", "someone"));

    assertThat(updateFault(first, second, etag).kind())
        .isEqualTo(OutsideFault.Kind.CHANGED_MEANWHILE);
    assertThat(controlPlane.rolls).isEmpty();
  }

  @Test
  void someoneElsesRotationRefusesTheUpdate() {
    arm.rotatedByAnother(cluster, second);
    time.pass(UPDATE_TAKES);
    String etag = arm.read(cluster).etag();

    assertThat(updateFault(first, second, etag).kind())
        .isEqualTo(OutsideFault.Kind.CHANGED_MEANWHILE);
    assertThat(arm.read(cluster).keyId()).isEqualTo(second.url());
    assertThat(arm.acceptedUpdates()).isEmpty();
  }

  @Test
  void secondUpdateWhileOneRunsIsConflict() {
    update(second);

    assertThat(updateFault(second, first, arm.read(cluster).etag()).kind())
        .isEqualTo(OutsideFault.Kind.CONFLICT);
  }

  @Test
  void callerWithoutTheRightToAssignIsRefusedByNameOfActionAndScope() {
    arm.refuseAssign(true);

    assertThat(updateFault(first, second, arm.read(cluster).etag()))
        .hasMessageContaining("Microsoft.ManagedIdentity/userAssignedIdentities/assign/action")
        .hasMessageContaining("userAssignedIdentities/control-plane")
        .extracting(OutsideFault::kind)
        .isEqualTo(OutsideFault.Kind.FORBIDDEN);
    arm.refuseAssign(false);
    finish(update(second));
  }

  @Test
  void keyThatDoesNotExistFailsTheUpdateWithACode() {
    assertFailsUnmoved(new KeyId(KEY, "abc"), "KeyVaultKeyNotFound");
  }

  @Test
  void disabledKeyFailsTheUpdateWithACode() {
    vault.setEnabled(second, false);

    assertFailsUnmoved(second, "KeyVaultKeyDisabled");
  }

  @Test
  void expiredKeyFailsTheUpdateWithACode() {
    vault.setExpiry(second, time.instant());

    assertFailsUnmoved(second, "KeyVaultKeyExpired");
  }

  @Test
  void updateAwayFromADisabledKeyFailsWithACode() {
    vault.setEnabled(first, false);

    assertFailsUnmoved(second, "KeyVaultPreviousKeyNotUsable");
  }

  @Test
  void updateThatFailsBeforeTheMoveLeavesTheKey() {
    arm.failNextUpdate(UpdateFault.FAILS_BEFORE_MOVE);

    assertFailsUnmoved(second, "InternalServerError");
  }

  @Test
  void updateThatFailsAfterTheMoveHasRolledAndShowsTheNewKey() {
    arm.failNextUpdate(UpdateFault.FAILS_AFTER_MOVE);
    String address = update(second);
    time.pass(UPDATE_TAKES);

    assertThat(arm.progress(address)).isEqualTo(failed("InternalServerError"));
    assertThat(arm.read(cluster).keyId()).isEqualTo(second.url());
    assertThat(controlPlane.rolls).hasSize(1);
  }

  @Test
  void updateThatFailsUnseenHasRolledAndShowsTheKeySoFar() {
    arm.failNextUpdate(UpdateFault.FAILS_AFTER_MOVE_UNSEEN);
    update(second);
    time.pass(UPDATE_TAKES);

    assertThat(arm.read(cluster).provisioningState()).isEqualTo("Failed");
    assertThat(arm.read(cluster).keyId()).isEqualTo(first.url());
    assertThat(controlPlane.rolls).hasSize(1);
    finish(update(second));
    assertThat(arm.read(cluster).keyId()).isEqualTo(second.url());
  }

  @Test
  void sameChangeCanBeMadeAgainOnTheBodyThatShowsIt() {
    arm.failNextUpdate(UpdateFault.FAILS_AFTER_MOVE);
    update(second);
    time.pass(UPDATE_TAKES);

    finish(
        arm.updateKms(
            cluster, KmsSettings.of(second), KmsSettings.of(second), arm.read(cluster).etag()));

    assertThat(arm.read(cluster).hasSucceeded()).isTrue();
  }

  @Test
  void lostReplyIsATimeOutWithTheEffect() {
    arm.failNextUpdate(UpdateFault.LOST_REPLY);

    assertThat(updateFault(first, second, arm.read(cluster).etag()).kind())
        .isEqualTo(OutsideFault.Kind.TIMED_OUT);
    assertThat(arm.read(cluster).provisioningState()).isEqualTo("Updating");
    time.pass(UPDATE_TAKES);
    assertThat(arm.read(cluster).keyId()).isEqualTo(second.url());
  }

  @Test
  void lostRequestIsATimeOutWithoutEffect() {
    arm.failNextUpdate(UpdateFault.LOST_REQUEST);

    assertThat(updateFault(first, second, arm.read(cluster).etag()).kind())
        .isEqualTo(OutsideFault.Kind.TIMED_OUT);
    assertThat(arm.read(cluster).isSettled()).isTrue();
    assertThat(arm.acceptedUpdates()).isEmpty();
  }

  @Test
  void throttledCallsSayWhenToComeBack() {
    arm.throttle(2, Duration.ofSeconds(17));

    OutsideFault fault = catchThrowableOfType(OutsideFault.class, arm::list);
    assertThat(fault.kind()).isEqualTo(OutsideFault.Kind.BUSY);
    assertThat(fault.retryAfter()).isEqualTo(Duration.ofSeconds(17));
    assertThat(catchThrowableOfType(OutsideFault.class, () -> arm.read(cluster))).isNotNull();
    assertThat(arm.list()).hasSize(1);
  }

  @Test
  void unknownClusterAndUnknownOperationAreNotFound() {
    ClusterName unknown = new ClusterName("unknown");

    assertThat(catchThrowableOfType(OutsideFault.class, () -> arm.read(unknown)).kind())
        .isEqualTo(OutsideFault.Kind.NOT_FOUND);
    assertThat(catchThrowableOfType(OutsideFault.class, () -> arm.progress("https://x")).kind())
        .isEqualTo(OutsideFault.Kind.NOT_FOUND);
  }

  private void assertFailsUnmoved(KeyId to, String code) {
    String address = update(to);
    time.pass(UPDATE_TAKES);

    assertThat(arm.progress(address)).isEqualTo(failed(code));
    assertThat(arm.read(cluster).provisioningState()).isEqualTo("Failed");
    assertThat(arm.read(cluster).keyId()).isEqualTo(first.url());
    assertThat(controlPlane.rolls).isEmpty();
  }

  private String update(KeyId to) {
    return arm.updateKms(
        cluster, KmsSettings.of(first), KmsSettings.of(to), arm.read(cluster).etag());
  }

  private void finish(String address) {
    time.pass(UPDATE_TAKES);
    assertThat(arm.progress(address)).isEqualTo(SUCCEEDED);
  }

  private OutsideFault updateFault(KeyId from, KeyId to, String etag) {
    return catchThrowableOfType(
        OutsideFault.class,
        () -> arm.updateKms(cluster, KmsSettings.of(from), KmsSettings.of(to), etag));
  }

  private static UpdateProgress failed(String code) {
    return new UpdateProgress(UpdateProgress.State.FAILED, code);
  }
}
