package dev.rekey.fleet;

import static dev.rekey.fleet.Fleets.day;
import static dev.rekey.fleet.Fleets.rotated;
import static dev.rekey.operation.Example.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.Ledger;
import dev.rekey.key.PreviousSlot;
import dev.rekey.operation.Example;
import dev.rekey.operation.Operation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is known of the slot before the key that a cluster writes with. */
class KeyInUseTest {

  @Test
  void kmsIsOff_thereAreNoSlots() {
    assertThat(KeyInUse.OFF.previousSlot(rotated(1), null)).isEqualTo(PreviousSlot.OFF);
  }

  @Test
  void noVersionIsNamed_neitherIsThePreviousOne() {
    for (KeyInUse unnamed : List.of(KeyInUse.UNKNOWN, KeyInUse.anyOf(key(1).key()))) {
      assertThat(unnamed.previousSlot(rotated(1), null)).isEqualTo(PreviousSlot.KEY_NOT_NAMED);
    }
  }

  @Test
  void neverSeenBefore_thePreviousOneIsUnknown() {
    assertThat(KeyInUse.of(key(1)).previousSlot(null, null)).isEqualTo(PreviousSlot.NEVER_ROTATED);
  }

  @Test
  void updateOfOursIsAtWork_whatItStartedFromIsThePreviousOne() {
    Operation active = Example.updatedRotation(Example.update(1));
    Ledger sent = rotated().mayBeInSlot(key(2), day(2), active.id());

    assertThat(KeyInUse.of(key(2)).previousSlot(sent, active).certain()).contains(key(1));
  }

  /** It may have failed, and somebody else have come there by way of another version. */
  @Test
  void updateOfOursWasGivenUp_thePreviousOneIsUnknown() {
    Ledger sent = rotated(1).mayBeInSlot(key(3), day(2), "op");

    assertThat(KeyInUse.of(key(3)).previousSlot(sent, null).isUnknown()).isTrue();
    assertThat(KeyInUse.of(key(3)).previousSlot(sent, Example.rotation()).isUnknown()).isTrue();
    assertThat(KeyInUse.of(key(2)).previousSlot(sent, null).certain()).contains(key(1));
  }
}
