package dev.rekey.fleet;

import static dev.rekey.fleet.Fleets.day;
import static dev.rekey.fleet.Fleets.rotated;
import static dev.rekey.operation.Example.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.Ledger;
import dev.rekey.key.LedgerEntry.Slot;
import dev.rekey.operation.Example;
import dev.rekey.operation.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SlotsTest {

  @Test
  void kmsIsOff_thereAreNoSlots() {
    assertThat(Slots.of(KeyInUse.OFF, rotated(1), null).blank()).isEqualTo(Slots.Blank.OFF);
  }

  @Test
  void noVersionIsNamed_neitherIsThePreviousOne() {
    for (KeyInUse unnamed : List.of(KeyInUse.UNKNOWN, KeyInUse.anyOf(key(1).key()))) {
      assertThat(Slots.of(unnamed, rotated(1), null).blank()).isEqualTo(Slots.Blank.KEY_NOT_NAMED);
    }
  }

  @Test
  void metAsItIs_thePreviousOneIsUnknown() {
    for (Ledger ledger : new Ledger[] {null, Ledger.firstSeen(day(0), null), rotated()}) {
      Slots slots = slots(1, ledger);
      assertThat(slots.current()).isEqualTo(key(1));
      assertThat(slots.previous()).isNull();
      assertThat(slots.blank()).isEqualTo(Slots.Blank.NEVER_ROTATED);
      assertThat(slots.isPreviousUnknown()).isTrue();
    }
  }

  @Test
  void rotatedOnce_bothAreKnown() {
    Slots slots = slots(2, rotated(1));

    assertThat(slots.current()).isEqualTo(key(2));
    assertThat(slots.previous()).isEqualTo(key(1));
    assertThat(slots.blank()).isNull();
  }

  @Test
  void updateOfOursIsAtWork_whatItStartedFromIsThePreviousOne() {
    Ledger sent = rotated().mayBeInSlot(key(2), day(2), "op");
    Operation active = Example.updatedRotation(Example.update(1));

    assertThat(Slots.of(KeyInUse.of(key(2)), sent, active).previous()).isEqualTo(key(1));
  }

  /** It may have failed, and somebody else have come there by way of another version. */
  @Test
  void updateOfOursWasGivenUp_thePreviousOneIsUnknown() {
    Ledger sent = rotated(1).mayBeInSlot(key(3), day(2), "op");
    Operation another = Example.rotation();

    assertThat(slots(3, sent).blank()).isEqualTo(Slots.Blank.CHANGED_BY_ANOTHER);
    assertThat(Slots.of(KeyInUse.of(key(3)), sent, another).blank())
        .isEqualTo(Slots.Blank.CHANGED_BY_ANOTHER);
    assertThat(slots(2, sent).previous()).isEqualTo(key(1));
  }

  @Test
  void somebodyElseChangedTheKey_thePreviousOneIsUnknown() {
    Ledger noticed = rotated(1).current(key(3), day(2), null);

    assertThat(slots(3, rotated(1)).blank()).isEqualTo(Slots.Blank.CHANGED_BY_ANOTHER);
    assertThat(slots(3, noticed).blank()).isEqualTo(Slots.Blank.CHANGED_BY_ANOTHER);
    assertThat(slots(3, noticed).knownFrom()).isEqualTo(day(2));
  }

  @Test
  void turnedOnByRekey_thePreviousOneIsEmpty() {
    Ledger off = rotated(1).off(day(2), "op-2");
    Ledger on = off.mayBeInSlot(key(3), day(3), "op-3").current(key(3), day(3), "op-3");

    assertThat(slots(3, on).blank()).isEqualTo(Slots.Blank.EMPTY);
    assertThat(slots(3, on).isPreviousUnknown()).isFalse();
  }

  @Test
  void history_tellsFromWhenToWhenAndByWhom() {
    List<Tenure> all = Tenure.of(rotated(1, 5).current(key(4), day(9), null).off(day(12), "off"));

    assertThat(all)
        .filteredOn(tenure -> tenure.slot() == Slot.CURRENT)
        .extracting(Tenure::key, Tenure::from, Tenure::until, Tenure::operationId, Tenure::isFirst)
        .containsExactly(
            tuple(1, 0, 1, null, true),
            tuple(2, 1, 5, "op-001", false),
            tuple(3, 5, 9, "op-005", false),
            tuple(4, 9, 12, null, false));
    assertThat(all)
        .filteredOn(tenure -> tenure.slot() == Slot.PREVIOUS)
        .extracting(Tenure::key, Tenure::from, Tenure::until)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(key(1), day(1), day(5)),
            org.assertj.core.groups.Tuple.tuple(key(2), day(5), day(9)),
            org.assertj.core.groups.Tuple.tuple(key(3), day(9), day(12)));
    assertThat(all.get(all.size() - 1).slot()).isEqualTo(Slot.KEPT);
    assertThat(all.get(all.size() - 1).until()).isNull();
  }

  private static Slots slots(int current, @Nullable Ledger ledger) {
    return Slots.of(KeyInUse.of(key(current)), ledger, null);
  }

  private static org.assertj.core.groups.Tuple tuple(
      int version, int from, int until, String operation, boolean isFirst) {
    return org.assertj.core.groups.Tuple.tuple(
        key(version), day(from), day(until), operation, isFirst);
  }
}
