package dev.rekey.operation.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Example;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.StepName;
import dev.rekey.reencryption.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The lists of section 4 of the design. */
class PlanTest {

  @Test
  void rotate() {
    assertThat(steps(Kind.ROTATE))
        .isEqualTo("check converge prove-current update-cluster converge write prove record");
  }

  @Test
  void reencrypt() {
    assertThat(steps(Kind.REENCRYPT)).isEqualTo("check converge write prove record");
  }

  @Test
  void census() {
    assertThat(steps(Kind.CENSUS)).isEqualTo("check count locate record");
  }

  @Test
  void turningOnAndOff_isDoneLikeARotation() {
    assertThat(steps(Kind.ENABLE)).isEqualTo(steps(Kind.ROTATE));
    assertThat(steps(Kind.DISABLE)).isEqualTo(steps(Kind.ROTATE));
  }

  @Test
  void changeOfTheWayToTheVault_turnsOffThenChangesTheVaultThenTurnsOn() {
    String moved = "converge prove-current update-cluster converge write prove record";

    assertThat(steps(Kind.CHANGE_VAULT_ACCESS))
        .isEqualTo("check " + moved + " update-vault " + moved);
    assertThat(Plan.of(Kind.CHANGE_VAULT_ACCESS, Limits.FLEET).stream().map(Plan.Planned::phase))
        .containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1);
  }

  /** The upgrade comes behind the proof that all lies plain. */
  @Test
  void migrationFromKmsV1_readsAndIsApprovedThenTurnsOffThenWaitsThenTurnsOn() {
    assertThat(steps(Kind.MIGRATE_TO_KMS_V2))
        .isEqualTo(
            "check count approve update-cluster converge write prove record"
                + " converge prove-current await-upgrade update-cluster converge write prove record");
    assertThat(Plan.of(Kind.MIGRATE_TO_KMS_V2, Limits.FLEET).stream().map(Plan.Planned::phase))
        .containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1);
    assertThat(Plan.needsApproval(Kind.MIGRATE_TO_KMS_V2)).isTrue();
  }

  /** What it goes back to was proved before: the ledger tells, and no census. */
  @Test
  void wayBack_isApprovedAndNeedsNoProofBefore() {
    assertThat(steps(Kind.RETURN))
        .isEqualTo("check approve update-cluster converge write prove record");
    assertThat(Plan.needsApproval(Kind.RETURN)).isTrue();
  }

  /** What can be read is brought to safety and counted before the update drops a slot. */
  @Test
  void wayToADroppedVersion_writesAndCountsBeforeIt_andGoesForwardAfterwards() {
    assertThat(steps(Kind.RECOVER_DROPPED_KEY))
        .isEqualTo(
            "check approve rescue count update-cluster converge write prove record"
                + " converge prove-current update-cluster converge write prove record");
    assertThat(Plan.needsApproval(Kind.RECOVER_DROPPED_KEY)).isTrue();
    assertThat(
            Plan.of(Kind.RECOVER_DROPPED_KEY, Limits.FLEET).stream()
                .limit(5)
                .map(planned -> planned.step().isBeforeUpdate()))
        .containsExactly(true, true, true, false, false);
  }

  @Test
  void stepsBeforeTheUpdate_areCheckAndTheFirstConverge() {
    assertThat(
            Plan.of(Kind.ROTATE, Limits.FLEET).stream()
                .map(planned -> planned.step().isBeforeUpdate()))
        .containsExactly(true, true, false, false, false, false, false, false);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void modeThatWantsAnApproval_putsItBehindTheChecksUnlessThereIsOne(Kind kind) {
    Operation plain = Example.operation(kind);
    Operation asking = asking(plain);

    assertThat(Plan.names(plain)).isEqualTo(Plan.names(kind));
    assertThat(Plan.needsApproval(asking)).isTrue();
    assertThat(Plan.names(asking)).containsOnlyOnce(StepName.APPROVE);
    if (!Plan.needsApproval(kind)) {
      assertThat(Plan.names(asking).subList(0, 2))
          .containsExactly(StepName.CHECK, StepName.APPROVE);
      assertThat(Plan.names(asking)).hasSize(Plan.names(kind).size() + 1);
      assertThat(PlanHash.of(asking)).isNotEqualTo(PlanHash.of(plain));
    }
  }

  private static Operation asking(Operation plain) {
    return new Operation(
        plain.id(),
        plain.kind(),
        plain.cluster(),
        plain.origin().askingFirst(),
        plain.route(),
        plain.startedAt(),
        plain.progress());
  }

  private static String steps(Kind kind) {
    return String.join(
        " ",
        Plan.of(kind, Limits.FLEET).stream()
            .map(planned -> planned.step().name().token())
            .toList());
  }
}
