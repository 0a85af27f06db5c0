package dev.rekey.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.LeftSlots.How;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The cluster was met on version 1 of a key, which ARM shows where nothing else is said. */
class LeftSlotsTest {
  private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");
  private static final String OURS = "20260301-1";
  private static final KeyId OTHER_KEY =
      KeyId.parse("https://example.vault.azure.net/keys/payments/v1", Cloud.PUBLIC);

  private final Ledger met = Ledger.firstSeen(AT, key(1));

  @Test
  void neverSeen_isUnseen() {
    assertThat(left(met, 1).how(key(2))).isEqualTo(How.UNSEEN);
    assertThat(left(met, 1).currentFor(key(2))).isEqualTo(Duration.ZERO);
  }

  @Test
  void somebodyElseMovedTwice_bothThatWereInTheSlotsAreInDoubt() {
    Ledger moved =
        met.current(key(2), AT.plusSeconds(10), null).current(OTHER_KEY, AT.plusSeconds(40), null);
    LeftSlots left = LeftSlots.of(moved, OTHER_KEY);

    assertThat(left.how(key(1))).isEqualTo(How.IN_DOUBT);
    assertThat(left.how(key(2))).isEqualTo(How.IN_DOUBT);
    assertThat(left.currentFor(key(1))).isEqualTo(Duration.ofSeconds(10));
    assertThat(left.currentFor(key(2))).isEqualTo(Duration.ofSeconds(30));
  }

  /** Of two moves between two looks the first shows nowhere. */
  @Test
  void ledgerHasNotSeenTheMoveYet_whatItSawLastIsInDoubt() {
    assertThat(left(met, 2).how(key(1))).isEqualTo(How.IN_DOUBT);
    assertThat(left(met, 2).currentFor(key(1))).isGreaterThan(Duration.ofDays(10_000));
  }

  @Test
  void oursMoved_theDroppedOneIsLeftEmptyAndTheTriedOneBroughtBack() {
    Ledger moved =
        met.current(key(2), AT, null)
            .mayBeInSlot(key(3), AT, OURS)
            .current(key(3), AT, OURS)
            .mayBeInSlot(key(4), AT, OURS)
            .current(key(4), AT, OURS);

    assertThat(left(moved, 4).how(key(1))).isEqualTo(How.IN_DOUBT); // perhaps dropped before
    assertThat(left(moved, 4).how(key(2))).isEqualTo(How.LEFT_EMPTY);
    assertThat(left(moved, 4).how(key(3))).isEqualTo(How.BROUGHT_BACK);
  }

  /** Its first phase has not come to its end, but ARM shows what it has sent. */
  @Test
  void oursIsSentAndShown_nothingIsInDoubtByIt() {
    Ledger sent = met.mayBeInSlot(key(2), AT, OURS);

    assertThat(left(sent, 2).how(key(1))).isEqualTo(How.UNSEEN);
    Ledger seenByAnother = sent.current(key(2), AT, null).current(key(3), AT, OURS);
    assertThat(left(seenByAnother, 3).how(key(2))).isEqualTo(How.BROUGHT_BACK);
  }

  @Test
  void oursWasSentAndNeverShown_isInDoubt() {
    Ledger sent = met.mayBeInSlot(key(2), AT, OURS);

    assertThat(left(sent, 1).how(key(2))).isEqualTo(How.IN_DOUBT);
  }

  @Test
  void broughtBackAndThenMovedByAnother_isInDoubtAgain() {
    Ledger moved =
        met.mayBeInSlot(key(2), AT, OURS).current(key(2), AT, OURS).current(key(3), AT, null);

    assertThat(left(moved, 3).how(key(2))).isEqualTo(How.IN_DOUBT);
  }

  @Test
  void allWasProvedSince_whatCameBeforeIsNoLongerInDoubt() {
    Ledger proved =
        met.current(key(2), AT, null)
            .current(key(3), AT, null)
            .proved(new ProvedOn(key(3), "e", AT, OURS));

    assertThat(left(proved, 3).how(key(1))).isEqualTo(How.UNSEEN);
    Ledger moved = proved.current(key(4), AT, null).current(key(5), AT, null);
    assertThat(left(moved, 5).how(key(3))).isEqualTo(How.IN_DOUBT);
    assertThat(left(moved, 5).how(key(4))).isEqualTo(How.IN_DOUBT);
    assertThat(left(moved, 5).how(key(2))).isEqualTo(How.UNSEEN);
  }

  @Test
  void turnedOffBySomebodyElse_whatWasInTheSlotsIsInDoubt() {
    Ledger off = met.current(key(2), AT, OURS).off(AT, null).current(key(3), AT, null);

    assertThat(left(off, 3).how(key(2))).isEqualTo(How.IN_DOUBT);
    assertThat(left(off, 3).how(key(1))).isEqualTo(How.IN_DOUBT);
    Ledger ours = met.current(key(2), AT, OURS).off(AT, OURS).current(key(3), AT, null);
    assertThat(left(ours, 3).how(key(1))).isEqualTo(How.LEFT_EMPTY);
  }

  private static LeftSlots left(Ledger ledger, int shown) {
    return LeftSlots.of(ledger, key(shown));
  }

  private static KeyId key(int number) {
    return KeyId.parse("https://example.vault.azure.net/keys/etcd/v" + number, Cloud.PUBLIC);
  }
}
