package dev.rekey.key;

import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.key;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The only memory of the previous slot. */
class LedgerTest {
  private static final String OPERATION = "20260301-1";

  @Test
  void clusterWithoutAKey_isRememberedByTheDateAlone() {
    Ledger ledger = Ledger.firstSeen(NOW, null);

    assertThat(ledger.firstSeenAt()).isEqualTo(NOW);
    assertThat(ledger.entries()).isEmpty();
    assertThat(ledger.currentKey()).isEmpty();
  }

  @Test
  void keySeenFirst_isCurrentAndNoneIsPrevious() {
    Ledger ledger = Ledger.firstSeen(NOW, key(1));

    assertThat(ledger.entries())
        .containsExactly(new LedgerEntry(key(1), LedgerEntry.Slot.CURRENT, NOW, null));
    assertThat(ledger.currentKey()).contains(key(1));
    assertThat(ledger.previousKey()).isEmpty();
  }

  @Test
  void k5_targetOfAnUpdateAboutToBeSent_mayBeInASlotAndTheCurrentKeyStays() {
    Ledger ledger = Ledger.firstSeen(NOW, key(1)).mayBeInSlot(key(2), NOW, OPERATION);

    assertThat(ledger.entries())
        .endsWith(new LedgerEntry(key(2), LedgerEntry.Slot.MAYBE, NOW, OPERATION));
    assertThat(ledger.currentKey()).contains(key(1));
  }

  @Test
  void keyMoved_theOneBeforeIsInThePreviousSlot() {
    Ledger ledger = Ledger.firstSeen(NOW, key(1)).current(key(2), NOW, OPERATION);

    assertThat(ledger.entries())
        .containsExactly(
            new LedgerEntry(key(1), LedgerEntry.Slot.CURRENT, NOW, null),
            new LedgerEntry(key(1), LedgerEntry.Slot.PREVIOUS, NOW, OPERATION),
            new LedgerEntry(key(2), LedgerEntry.Slot.CURRENT, NOW, OPERATION));
    assertThat(ledger.currentKey()).contains(key(2));
    assertThat(ledger.previousKey()).contains(key(1));
  }

  @Test
  void keyMovedTwice_theLastOneBeforeIsInThePreviousSlot() {
    Ledger ledger =
        Ledger.firstSeen(NOW, key(1))
            .current(key(2), NOW, OPERATION)
            .current(key(3), NOW, OPERATION);

    assertThat(ledger.currentKey()).contains(key(3));
    assertThat(ledger.previousKey()).contains(key(2));
  }

  @Test
  void sameKeySeenAgain_nothingIsAdded() {
    Ledger ledger = Ledger.firstSeen(NOW, key(1));

    assertThat(ledger.current(key(1), NOW.plusSeconds(1), OPERATION)).isEqualTo(ledger);
  }

  @Test
  void firstKeyOfAClusterThatHadNone_leavesNoPreviousOne() {
    Ledger ledger = Ledger.firstSeen(NOW, null).current(key(1), NOW, OPERATION);

    assertThat(ledger.currentKey()).contains(key(1));
    assertThat(ledger.previousKey()).isEmpty();
  }

  @Test
  void proofIsNoted_theSlotsStay() {
    ProvedOn proof = new ProvedOn(key(1), "\"e\"", NOW, OPERATION);

    Ledger ledger = Ledger.firstSeen(NOW, key(1)).proved(proof);

    assertThat(ledger.proved()).isEqualTo(proof);
    assertThat(ledger.currentKey()).contains(key(1));
  }

  /** Whether the first is the previous slot's version, if the other is the current one's. */
  @Test
  void onlyTheTwoHaveBeenInASlotSince_theOneHasOnlyMovedToTheOther() {
    Ledger moving = Ledger.firstSeen(NOW, key(1)).mayBeInSlot(key(2), NOW, OPERATION);

    assertThat(moving.hasOnlyMoved(key(1), key(2))).isTrue();
    assertThat(moving.current(key(2), NOW, null).hasOnlyMoved(key(1), key(2))).isTrue();
    assertThat(moving.hasOnlyMoved(key(1), key(3))).isFalse();
    assertThat(moving.hasOnlyMoved(key(2), key(1))).isFalse();
    assertThat(moving.mayBeInSlot(key(3), NOW, OPERATION).hasOnlyMoved(key(1), key(2))).isFalse();
    assertThat(moving.off(NOW, OPERATION).hasOnlyMoved(key(1), key(2))).isFalse();
    assertThat(Ledger.firstSeen(NOW, null).hasOnlyMoved(key(1), key(2))).isFalse();
  }

  @Test
  void thirdVersionWasThereBeforeTheOneCame_doesNotCount() {
    Ledger ledger =
        Ledger.firstSeen(NOW, key(1))
            .current(key(2), NOW, OPERATION)
            .current(key(3), NOW, OPERATION)
            .current(key(2), NOW, OPERATION)
            .mayBeInSlot(key(4), NOW, OPERATION);

    assertThat(ledger.hasOnlyMoved(key(2), key(4))).isTrue();
    assertThat(ledger.hasOnlyMoved(key(1), key(4))).isFalse();
  }

  @Test
  void kmsWasTurnedOff_nothingIsCurrentButTheLastOneInUseIsKnownAndKept() {
    Ledger off = Ledger.firstSeen(NOW, key(1)).off(NOW, OPERATION);

    assertThat(off.currentKey()).isEmpty();
    assertThat(off.lastInUse()).contains(key(1));
    assertThat(off.keptKeys()).containsExactly(key(1));
    assertThat(Ledger.firstSeen(NOW, key(1)).keptKeys()).isEmpty();
    assertThat(Ledger.firstSeen(NOW, null).lastInUse()).isEmpty();
    assertThat(off.current(key(2), NOW, null).lastInUse()).contains(key(2));
  }

  @Test
  void kmsWasTurnedOffSince_previousSlotIsEmptyThoughOneMovedThereBefore() {
    Ledger moved = Ledger.firstSeen(NOW, key(1)).current(key(2), NOW, OPERATION);

    assertThat(moved.inPreviousSlot()).contains(key(1));
    assertThat(moved.off(NOW, OPERATION).inPreviousSlot()).isEmpty();
    assertThat(moved.off(NOW, OPERATION).previousKey()).contains(key(1));
    assertThat(Ledger.firstSeen(NOW, key(1)).inPreviousSlot()).isEmpty();
  }

  /** Between an update that was sent and the first look that shows it. */
  @Test
  void ownUpdateWasSent_whatItLeavesIsToldForItsTargetAlone() {
    Ledger seen = Ledger.firstSeen(NOW, key(1));
    Ledger sent = seen.mayBeInSlot(key(2), NOW, OPERATION);

    assertThat(sent.leftFor(key(2))).contains(key(1));
    assertThat(sent.leftFor(key(1))).isEmpty();
    assertThat(sent.leftFor(key(3))).isEmpty();
    assertThat(sent.mayBeInSlot(key(3), NOW, OPERATION).leftFor(key(2))).isEmpty();
    assertThat(sent.off(NOW, OPERATION).leftFor(key(2))).isEmpty();
    assertThat(seen.leftFor(key(2))).isEmpty();
  }
}
