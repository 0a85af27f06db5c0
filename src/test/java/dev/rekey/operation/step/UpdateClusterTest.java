package dev.rekey.operation.step;

import static dev.rekey.operation.Example.ETAG;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.clusterOn;
import static dev.rekey.operation.Example.facts;
import static dev.rekey.operation.Example.key;
import static dev.rekey.operation.Example.ledgerProvedOn;
import static dev.rekey.operation.Example.rotation;
import static dev.rekey.operation.Example.update;
import static dev.rekey.operation.Example.updatedRotation;
import static dev.rekey.operation.Example.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Decision;
import dev.rekey.operation.Effect;
import dev.rekey.operation.FactKind;
import dev.rekey.operation.Facts;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.operation.StepName;
import dev.rekey.operation.Update;
import dev.rekey.operation.UpdateProgress;
import dev.rekey.operation.UpdateProgress.State;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpdateClusterTest {
  private static final Decision BUSY = new Decision.Wait(NOW.plusSeconds(10), Reason.CLUSTER_BUSY);

  private final UpdateCluster step = UpdateCluster.on();

  @Test
  void rule1_armIsAtWork_waits() {
    assertThat(step.decide(proved(rotation()).with(clusterOn(1, ETAG, "Updating"))))
        .isEqualTo(BUSY);
  }

  @Test
  void rule1_ourUpdateIsRunningThoughTheClusterLooksSettled_waits() {
    Facts facts =
        proved(updatedRotation(update(1)))
            .with(clusterOn(2))
            .with(new UpdateProgress(State.RUNNING, null));

    assertThat(step.decide(facts)).isInstanceOf(Decision.Wait.class);
  }

  @Test
  void updateThatTakesLong_isLookedAtEverMoreRarely() {
    UpdateProgress running = new UpdateProgress(State.RUNNING, null);
    Operation tenMinutes = updatedRotation(update(1));
    Operation oneDay = updatedRotation(new Update(ETAG, 1, NOW.minusSeconds(86_400), null));

    assertThat(step.decide(proved(tenMinutes).with(clusterOn(2)).with(running)))
        .isEqualTo(new Decision.Wait(NOW.plusSeconds(50), Reason.CLUSTER_BUSY));
    assertThat(step.decide(proved(oneDay).with(clusterOn(2)).with(running)))
        .isEqualTo(new Decision.Wait(NOW.plusSeconds(120), Reason.CLUSTER_BUSY));
  }

  @Test
  void rule2_armNamesTheTargetAndHasSucceeded_done() {
    assertThat(step.decide(proved(updatedRotation(update(1))).with(clusterOn(2))))
        .isEqualTo(new Decision.Done(Reason.KEY_ID_UPDATED));
  }

  @Test
  void rule2_ourUpdateSucceededButArmNamesTheOldKey_isNotDone() {
    Facts facts =
        proved(updatedRotation(update(1)))
            .with(clusterOn(1))
            .with(new UpdateProgress(State.SUCCEEDED, null));

    assertThat(step.decide(facts)).isNotInstanceOf(Decision.Done.class);
  }

  @Test
  void rule3_armNamesAThirdKey_stalls() {
    Decision decision = step.decide(proved(rotation()).with(clusterOn(3)));

    assertThat(decision)
        .isEqualTo(
            new Decision.Stall(
                Reason.CLUSTER_ON_ANOTHER_KEY,
                "KMS is %s (Public); the operation leads from %s (Public) to %s (Public)"
                    .formatted(key(3), key(1), key(2))));
  }

  @Test
  void rule4_provedForThisState_sendsWithItsETag() {
    assertThat(step.decide(proved(rotation()).with(clusterOn(1))))
        .isEqualTo(
            sent(
                new Effect.UpdateCluster(
                    KmsSettings.of(key(1)), KmsSettings.of(key(2)), ETAG, List.of())));
  }

  @Test
  void rule4_nothingProved_isNotSent() {
    Facts unproved = facts(rotation()).withVersions(List.of(version(1), version(2)));

    assertThat(step.decide(unproved.with(clusterOn(1)))).isNotInstanceOf(Decision.Act.class);
  }

  @Test
  void rule4_provedForAnotherETag_isNotSent() {
    Facts facts = proved(rotation()).with(clusterOn(1, "\"etag-2\"", "Succeeded"));

    assertThat(step.decide(facts)).isNotInstanceOf(Decision.Act.class);
  }

  @Test
  void rule4_provedForAnotherKey_isNotSent() {
    Facts facts =
        facts(rotation(), ledgerProvedOn(0, ETAG))
            .with(clusterOn(1))
            .withVersions(List.of(version(1), version(2)));

    assertThat(step.decide(facts)).isNotInstanceOf(Decision.Act.class);
  }

  @Test
  void rule4_armNamesTheTargetButFailed_makesTheSameChangeOnTheBodyJustRead() {
    Facts facts = proved(updatedRotation(update(1))).with(clusterOn(2, "\"etag-9\"", "Failed"));

    assertThat(step.decide(facts))
        .isEqualTo(
            sent(
                new Effect.UpdateCluster(
                    KmsSettings.of(key(2)), KmsSettings.of(key(2)), "\"etag-9\"", List.of())));
  }

  @Test
  void rule4_fourTriesFailed_stallsWithTheServicesCode() {
    Facts facts =
        proved(updatedRotation(update(4)))
            .with(clusterOn(2, ETAG, "Failed"))
            .with(new UpdateProgress(State.FAILED, "KeyVaultKeyNotFound"));

    assertThat(step.decide(facts))
        .isEqualTo(new Decision.Stall(Reason.UPDATE_KEEPS_FAILING, "KeyVaultKeyNotFound"));
  }

  @Test
  void rule5_fourthTryFailedAfterHours_peopleAreToldBeforeThereIsAnother() {
    Operation slow = updatedRotation(new Update(ETAG, 4, NOW.minusSeconds(20_000), null));

    assertThat(step.decide(proved(slow).with(clusterOn(2, ETAG, "Failed"))))
        .isEqualTo(new Decision.Stall(Reason.UPDATE_KEEPS_FAILING, "no error code"));
  }

  @Test
  void rule5_peopleWereToldAnHourAgo_isTriedAgain() {
    assertThat(step.decide(toldOf(NOW.minusSeconds(1)))).isInstanceOf(Decision.Act.class);
    assertThat(step.decide(toldOf(NOW))).isInstanceOf(Decision.Act.class);
    assertThat(step.decide(toldOf(NOW.plusSeconds(1)))).isInstanceOf(Decision.Stall.class);
  }

  @Test
  void rule5_aPersonAsksToTryAgain_isTriedAtOnce() {
    Operation failed = updatedRotation(update(4));
    Operation retried = failed.with(failed.progress().retried(NOW.minusSeconds(1)));

    assertThat(step.decide(proved(retried).with(clusterOn(2, ETAG, "Failed"))))
        .isInstanceOf(Decision.Act.class);
  }

  private static Facts toldOf(Instant nextLook) {
    Operation failed = updatedRotation(update(4));
    Pending told =
        new Pending(
            3,
            StepName.UPDATE_CLUSTER,
            NOW.minusSeconds(7_200),
            Pending.Doing.STALLED,
            Reason.UPDATE_KEEPS_FAILING,
            nextLook,
            null,
            0);
    return proved(failed.with(failed.progress().with(told))).with(clusterOn(2, ETAG, "Failed"));
  }

  @Test
  void fourTriesFailedButArmNamesTheTargetNow_done() {
    assertThat(step.decide(proved(updatedRotation(update(4))).with(clusterOn(2))))
        .isInstanceOf(Decision.Done.class);
  }

  @Test
  void updateThatArmAccepted_isAskedFor() {
    assertThat(step.needs(updatedRotation(update(1).accepted("https://arm/1"))))
        .containsExactlyInAnyOrder(FactKind.CLUSTER, FactKind.UPDATE);
    assertThat(step.needs(updatedRotation(update(1)))).containsExactlyInAnyOrder(FactKind.CLUSTER);
  }

  @Test
  void vault_isAskedOnlyWhereAnUpdateMayBeSent() {
    Facts facts = facts(updatedRotation(update(1)));

    assertThat(step.needsBesides(facts.with(clusterOn(1)))).containsExactly(FactKind.VERSIONS);
    assertThat(step.needsBesides(facts.with(clusterOn(2, ETAG, "Failed"))))
        .containsExactly(FactKind.VERSIONS);
    assertThat(step.needsBesides(facts.with(clusterOn(2)))).isEmpty();
    assertThat(step.needsBesides(facts.with(clusterOn(3)))).isEmpty();
    assertThat(step.needsBesides(facts.with(clusterOn(1, ETAG, "Updating")))).isEmpty();
  }

  @Test
  void k4_vaultWasNotAsked_isNeverSent() {
    Facts unasked = facts(updatedRotation(update(1)), ledgerProvedOn(1, ETAG)).with(clusterOn(1));

    assertThat(step.decide(unasked))
        .isEqualTo(new Decision.Stall(Reason.TARGET_NOT_FOUND, key(2).url()));
  }

  @Test
  void k4_vaultHasTheCurrentVersionNoMore_isNeverSent() {
    Facts gone =
        facts(updatedRotation(update(1)), ledgerProvedOn(1, ETAG))
            .with(clusterOn(1))
            .withVersions(List.of(version(2)));

    assertThat(step.decide(gone))
        .isEqualTo(
            new Decision.Stall(Reason.CURRENT_KEY_UNFIT, key(1) + ": the vault does not have it"));
  }

  private static Facts proved(Operation operation) {
    return facts(operation, ledgerProvedOn(1, ETAG)).withVersions(List.of(version(1), version(2)));
  }

  private static Decision sent(Effect effect) {
    return new Decision.Act(effect, Reason.SENDING_UPDATE);
  }
}
