package dev.rekey.key;

import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.LedgerEntry.Slot;
import dev.rekey.key.PreviousSlot.Knowledge;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the ledger tells of the time that it looks back on, and of who has changed what. */
class LedgerOverTimeTest {
  private static final String OPERATION = "20260301-1";
  private static final KeyId OTHER_KEY =
      KeyId.parse("https://victim.vault.azure.net/keys/payments/v1", Cloud.PUBLIC);

  private final Ledger met = Ledger.firstSeen(at(0), key(1));

  @Test
  void metAndRotatedOnce_eachVersionHasItsPeriods() {
    Ledger ledger =
        met.proved(proof(1, at(1)))
            .mayBeInSlot(key(2), at(2), OPERATION)
            .current(key(2), at(3), OPERATION)
            .proved(proof(2, at(3)));

    assertThat(ledger.periods())
        .containsExactly(
            new SlotPeriod(key(1), Slot.CURRENT, at(0), at(3), null, true, proved(at(1))),
            new SlotPeriod(key(2), Slot.MAYBE, at(2), at(3), OPERATION, false, null),
            new SlotPeriod(key(1), Slot.PREVIOUS, at(3), null, OPERATION, false, null),
            new SlotPeriod(key(2), Slot.CURRENT, at(3), null, OPERATION, false, proved(at(3))));
  }

  @Test
  void rotatedAgain_theOldestIsInNoSlotFromThenOn() {
    Ledger ledger =
        met.current(key(2), at(1), OPERATION).current(key(3), at(2), null).proved(proof(3, at(9)));

    assertThat(ledger.periods().stream().filter(SlotPeriod::isOpen))
        .containsExactly(
            new SlotPeriod(key(2), Slot.PREVIOUS, at(2), null, null, false, null),
            new SlotPeriod(key(3), Slot.CURRENT, at(2), null, null, false, proved(at(9))));
    assertThat(ledger.periods())
        .contains(new SlotPeriod(key(1), Slot.PREVIOUS, at(1), at(2), OPERATION, false, null));
  }

  @Test
  void turnedOffAndOnAgain_whatWasKeptEndsAndBothSlotsBeginAnew() {
    Ledger ledger =
        met.current(key(2), at(1), OPERATION).off(at(2), null).current(key(3), at(3), OPERATION);

    assertThat(ledger.periods())
        .containsExactly(
            new SlotPeriod(key(1), Slot.CURRENT, at(0), at(1), null, true, null),
            new SlotPeriod(key(1), Slot.PREVIOUS, at(1), at(2), OPERATION, false, null),
            new SlotPeriod(key(2), Slot.CURRENT, at(1), at(2), OPERATION, false, null),
            new SlotPeriod(key(2), Slot.KEPT, at(2), at(3), null, false, null),
            new SlotPeriod(key(3), Slot.CURRENT, at(3), null, OPERATION, false, null));
  }

  @Test
  void updateIsSentTwice_itMayBeInASlotSinceTheSecondTime() {
    Ledger ledger = met.mayBeInSlot(key(2), at(1), OPERATION).mayBeInSlot(key(2), at(2), OPERATION);

    assertThat(ledger.periods())
        .endsWith(
            new SlotPeriod(key(2), Slot.MAYBE, at(1), at(2), OPERATION, false, null),
            new SlotPeriod(key(2), Slot.MAYBE, at(2), null, OPERATION, false, null));
  }

  @Test
  void provedAgainAndAgain_theLastProofIsKeptAndTheLedgerDoesNotGrow() {
    Ledger once = met.proved(proof(1, at(1)));
    Ledger twice = once.proved(proof(1, at(2)));

    assertThat(twice.entries()).hasSameSizeAs(once.entries());
    assertThat(twice.periods().get(0).proof()).isEqualTo(proved(at(2)));
  }

  @Test
  void proofThatLeavesOpenUnderWhichOfTwoAllLies_isNoneOfAPeriod() {
    ProvedOn either =
        new ProvedOn(
            KeyIdHash.predict(key(1)),
            key(1),
            "\"e\"",
            at(1),
            OPERATION,
            KeyIdHash.predict(key(2)));

    Ledger ledger = met.proved(either);

    assertThat(ledger.proved()).isEqualTo(either);
    assertThat(ledger.periods().get(0).proof()).isNull();
    assertThat(met.proved(new ProvedOn(null, "\"e\"", at(1), OPERATION)).entries())
        .isEqualTo(met.entries());
  }

  @Test
  void nothingHasMovedSinceTheFirstMeeting_previousSlotIsUnknown() {
    for (Ledger ledger : List.of(met, met.proved(proof(1, at(1))))) {
      PreviousSlot previous = ledger.previousSlot(key(1));
      assertThat(previous).isEqualTo(new PreviousSlot(Knowledge.NEVER_ROTATED, null, at(0)));
      assertThat(previous.isUnknown()).isTrue();
    }
    assertThat(Ledger.firstSeen(at(0), null).previousSlot(key(1)))
        .isEqualTo(PreviousSlot.NEVER_ROTATED);
  }

  @Test
  void movedByUs_previousSlotIsKnownAsSoonAsArmShowsIt() {
    Ledger sent = met.mayBeInSlot(key(2), at(1), OPERATION);

    assertThat(sent.previousSlot(key(2), OPERATION).certain()).contains(key(1));
    assertThat(sent.current(key(2), at(2), OPERATION).previousSlot(key(2)).certain())
        .contains(key(1));
  }

  /** It may have failed, and somebody else have come there by way of another version. */
  @Test
  void updateOfOursWasGivenUp_previousSlotIsOnlyPresumed() {
    Ledger sent = met.mayBeInSlot(key(2), at(1), OPERATION);

    for (String underWay : new String[] {null, "20260301-2"}) {
      assertThat(sent.previousSlot(key(2), underWay))
          .isEqualTo(new PreviousSlot(Knowledge.CHANGED_BY_ANOTHER, key(1), null));
    }
    assertThat(sent.previousSlot(key(3), OPERATION).version()).isNull();
  }

  /** Of two moves between two looks the first shows nowhere. */
  @Test
  void movedByOthers_previousSlotIsOnlyPresumed() {
    Ledger moved = met.current(key(2), at(1), null);
    PreviousSlot previous = moved.previousSlot(key(2));

    assertThat(previous).isEqualTo(new PreviousSlot(Knowledge.CHANGED_BY_ANOTHER, key(1), at(1)));
    assertThat(previous.isUnknown()).isTrue();
    assertThat(previous.certain()).isEmpty();
    assertThat(moved.inPreviousSlot()).isEmpty();
    assertThat(moved.current(key(3), at(2), OPERATION).inPreviousSlot()).contains(key(2));
  }

  @Test
  void previousSlotIsUnknown_itMayHoldWhatWasThereBeforeThePresentVersionCame() {
    PreviousSlot previous = met.current(key(2), at(5), null).previousSlot(key(2));

    assertThat(previous.mayHoldOneOf(at(4))).isTrue();
    assertThat(previous.mayHoldOneOf(at(5))).isTrue();
    assertThat(previous.mayHoldOneOf(at(6))).isFalse();
    assertThat(previous.mayHoldOneOf(null)).isTrue();
    assertThat(PreviousSlot.NEVER_ROTATED.mayHoldOneOf(at(6))).isTrue();
    assertThat(PreviousSlot.EMPTY.mayHoldOneOf(at(4))).isFalse();
  }

  @Test
  void turnedOnByUs_previousSlotIsEmpty() {
    Ledger on = Ledger.firstSeen(at(0), null).current(key(1), at(1), OPERATION);
    Ledger again = met.off(at(1), OPERATION).current(key(2), at(2), OPERATION);

    assertThat(on.previousSlot(key(1))).isEqualTo(PreviousSlot.EMPTY);
    assertThat(again.previousSlot(key(2))).isEqualTo(PreviousSlot.EMPTY);
    assertThat(PreviousSlot.EMPTY.isUnknown()).isFalse();
  }

  /** They may have moved it on by the time that we look. */
  @Test
  void turnedOnByOthers_previousSlotIsUnknown() {
    Ledger again = met.off(at(1), OPERATION).current(key(2), at(2), null);
    Ledger first = Ledger.firstSeen(at(0), null).current(key(1), at(1), null);

    assertThat(again.previousSlot(key(2)))
        .isEqualTo(new PreviousSlot(Knowledge.CHANGED_BY_ANOTHER, null, at(2)));
    assertThat(first.previousSlot(key(1)).isUnknown()).isTrue();
  }

  @Test
  void versionThatWasFoundInTheSlot_isUnprovedUntilAProofOfIt() {
    Ledger found = met.current(key(2), at(1), null);

    assertThat(found.foundUnproved()).contains(new LedgerEntry(key(2), Slot.CURRENT, at(1), null));
    assertThat(found.proved(proof(1, at(2))).foundUnproved()).isPresent();
    assertThat(found.proved(proof(2, at(2))).foundUnproved()).isEmpty();
  }

  /** What came first is told by the order of the entries, not by a clock. */
  @Test
  void clockWasWrongWhenItWasFound_theProofBehindItCounts() {
    Ledger found = met.current(key(2), at(60), null);

    assertThat(found.proved(proof(2, at(5))).foundUnproved()).isEmpty();
  }

  @Test
  void ledgerOfAnEarlierRelease_itsOnlyProofCountsByItsTime() {
    Ledger found = met.current(key(2), at(2), null);

    assertThat(without(found, proof(2, at(3))).foundUnproved()).isEmpty();
    assertThat(without(found, proof(2, at(1))).foundUnproved()).isPresent();
  }

  private static Ledger without(Ledger ledger, ProvedOn entry) {
    return new Ledger(ledger.firstSeenAt(), ledger.entries(), entry);
  }

  @Test
  void firstMeetingAndWhatWeDo_areNoChangeOfOthers() {
    assertThat(met.foundUnproved()).isEmpty();
    assertThat(met.current(key(2), at(1), OPERATION).foundUnproved()).isEmpty();
    assertThat(met.off(at(1), OPERATION).foundUnproved()).isEmpty();
    assertThat(Ledger.firstSeen(at(0), null).foundUnproved()).isEmpty();
    assertThat(Ledger.firstSeen(at(0), null).current(key(1), at(1), null).foundUnproved())
        .isPresent();
  }

  @Test
  void movedBackToAVersionThatWasProvedOnce_isUnprovedAgain() {
    Ledger back =
        met.proved(proof(1, at(1))).current(key(2), at(2), null).current(key(1), at(3), null);

    assertThat(back.foundUnproved()).map(LedgerEntry::key).contains(key(1));
  }

  @Test
  void foundOff_untilAllIsProvedPlainOrItIsOnAgain() {
    Ledger off = met.off(at(1), null);
    ProvedOn plain = new ProvedOn(null, "\"e\"", at(2), OPERATION);

    assertThat(off.foundOff()).map(LedgerEntry::key).contains(key(1));
    assertThat(off.proved(plain).foundOff()).isEmpty();
    assertThat(off.proved(new ProvedOn(null, "\"e\"", at(0), OPERATION)).foundOff()).isPresent();
    assertThat(off.current(key(1), at(2), OPERATION).foundOff()).isEmpty();
    assertThat(met.off(at(1), OPERATION).foundOff()).isEmpty();
    assertThat(met.foundOff()).isEmpty();
  }

  @Test
  void keyThatTheClusterNeverUsed_isAnotherOneUntilAllIsProvedUnderIt() {
    Ledger found = met.current(OTHER_KEY, at(1), null);

    assertThat(met.isLedToAnotherKey(OTHER_KEY)).isTrue();
    assertThat(met.isLedToAnotherKey(key(2))).isFalse();
    assertThat(found.isLedToAnotherKey(OTHER_KEY)).isTrue();
    assertThat(found.current(key(1), at(2), null).isLedToAnotherKey(key(1))).isFalse();
    assertThat(met.current(OTHER_KEY, at(1), OPERATION).isLedToAnotherKey(OTHER_KEY)).isFalse();
    ProvedOn proof = new ProvedOn(OTHER_KEY, "\"e\"", at(2), OPERATION);
    assertThat(found.proved(proof).isLedToAnotherKey(OTHER_KEY)).isFalse();
    assertThat(met.off(at(1), null).current(OTHER_KEY, at(2), null).isLedToAnotherKey(OTHER_KEY))
        .isTrue();
    assertThat(Ledger.firstSeen(at(0), null).isLedToAnotherKey(OTHER_KEY)).isFalse();
  }

  @Test
  void movedToAndFroAllDay_theOldestIsForgottenAndTheSlotsAreKnown() {
    Ledger ledger = met;
    for (int move = 0; move < Ledger.MOST_ENTRIES; move++) {
      ledger = ledger.current(key(2 + move % 2), at(move), null);
    }

    assertThat(ledger.entries()).hasSize(Ledger.MOST_ENTRIES);
    assertThat(ledger.currentKey()).contains(key(3));
    assertThat(ledger.previousSlot(key(3)).version()).isEqualTo(key(2));
    assertThat(ledger.firstSeenAt()).isEqualTo(at(0));
    assertThat(ledger.isLedToAnotherKey(key(3))).isFalse();
  }

  private static ProvedOn proof(int number, Instant at) {
    return new ProvedOn(key(number), "\"e\"", at, OPERATION);
  }

  private static SlotPeriod.Proof proved(Instant at) {
    return new SlotPeriod.Proof(at, OPERATION);
  }

  private static Instant at(int minutes) {
    return NOW.plusSeconds(60L * minutes);
  }
}
