package dev.rekey.operation;

import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Ledger;
import dev.rekey.key.ProvedOn;
import dev.rekey.reencryption.Samples;
import dev.rekey.reencryption.Scrape;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Versions 1 to 6; ARM shows 5, and 4 is in the previous slot where an API server says so. */
class DroppedVersionsTest {
  private static final Instant LONG_AGO = NOW.minusSeconds(9_000);
  private static final Ledger UNKNOWING = Ledger.firstSeen(NOW, key(5));

  @Test
  void nothingShowsWhich_theNewestInNoSlotComesFirst() {
    DroppedVersions dropped = of(UNKNOWING, reading(4, 5));

    assertThat(dropped.first()).contains(key(3));
    assertThat(dropped.shownBy(key(3))).isEqualTo(DroppedKey.Sign.ORDER);
    assertThat(dropped.shownBy(key(1))).isEqualTo(DroppedKey.Sign.PERSON);
  }

  @Test
  void ledgerHasSeenEverythingProvedUnderOne_itComesFirst() {
    Ledger behind =
        Ledger.firstSeen(LONG_AGO, key(2)).proved(new ProvedOn(key(2), "e", LONG_AGO, "o"));

    assertThat(of(behind, reading(4, 5)).first()).contains(key(2));
    assertThat(of(behind, reading(4, 5)).shownBy(key(2))).isEqualTo(DroppedKey.Sign.LEDGER);
    assertThat(of(behind, null).first()).contains(key(2));
  }

  @Test
  void apiServerStillTellsOfOne_itComesFirst() {
    Scrape seen =
        Samples.scrape(
            NOW,
            Samples.of("a").polls(hash(4), NOW).polls(hash(5), NOW).polls(hash(2), LONG_AGO),
            Samples.of("b").polls(hash(4), NOW).polls(hash(5), NOW));

    assertThat(of(UNKNOWING, seen).first()).contains(key(2));
    assertThat(of(UNKNOWING, seen).shownBy(key(2))).isEqualTo(DroppedKey.Sign.API_SERVER);
  }

  /** The newest older one is then in the previous slot, as far as anybody can tell. */
  @Test
  void apiServersAreSilent_theNewestOlderOneIsTakenForThePreviousSlots() {
    assertThat(of(Ledger.firstSeen(LONG_AGO, key(1)), null).first()).contains(key(1));
    assertThat(of(Ledger.firstSeen(LONG_AGO, null), null).first()).contains(key(3));
    Ledger knowing = Ledger.firstSeen(LONG_AGO, key(3)).current(key(5), LONG_AGO, "o");
    assertThat(of(knowing, null).first()).contains(key(4));
  }

  /** A version that was never in a slot can't be missing; one that an update dropped can. */
  @Test
  void olderOnesAreUsedUp_thoseBetweenTheSlotsFollow() {
    List<KeyVersion> three = versions(3);

    assertThat(
            new DroppedVersions(three, key(1), Ledger.firstSeen(NOW, key(1)), reading(1, 3))
                .first())
        .contains(key(2));
    assertThat(
            new DroppedVersions(three, key(1), Ledger.firstSeen(NOW, key(1)), reading(1, 1))
                .first())
        .isEmpty();
  }

  /** The ledger has seen the update that dropped what nobody could count. */
  @Test
  void apiServersAreSilentAndOlderOnesUsedUp_theLedgerTellsOfTheSlots() {
    Ledger knowing =
        Ledger.firstSeen(LONG_AGO, key(3)).current(key(1), LONG_AGO.plusSeconds(1), "o");

    assertThat(new DroppedVersions(versions(3), key(1), knowing, null).first()).contains(key(2));
  }

  /** Until the update's Secrets are rewritten the ledger only knows that it may have come. */
  @Test
  void ourUpdateIsNotAtItsEndYet_whatItLeftIsInThePreviousSlot() {
    Ledger sent = Ledger.firstSeen(LONG_AGO, key(3)).mayBeInSlot(key(1), NOW, "o");
    Ledger movedByOthers = Ledger.firstSeen(LONG_AGO, key(3));

    assertThat(new DroppedVersions(versions(3), key(1), sent, null).first()).contains(key(2));
    assertThat(new DroppedVersions(versions(3), key(1), movedByOthers, null).first())
        .contains(key(3)); // of two moves the first would show nowhere
  }

  /** The last sample of a version that an update of ours has dropped is less than 90 s old. */
  @Test
  void apiServersStillTellOfOneThatWasJustDropped_theLedgerKnowsBetter() {
    Ledger sent = Ledger.firstSeen(LONG_AGO, key(3)).mayBeInSlot(key(1), NOW, "o");
    Scrape seen =
        Samples.scrape(
            NOW,
            Samples.of("a").polls(hash(1), NOW).polls(hash(2), NOW).polls(hash(3), NOW),
            Samples.of("b").polls(hash(1), NOW).polls(hash(3), NOW));

    for (Ledger ledger : List.of(sent, sent.current(key(1), NOW, "o"))) {
      DroppedVersions dropped = new DroppedVersions(versions(3), key(1), ledger, seen);
      assertThat(dropped.first()).contains(key(2));
      assertThat(dropped.isInNoSlotByLedger(key(2))).isTrue();
      assertThat(dropped.isInNoSlotByLedger(key(3))).isFalse();
      assertThat(dropped.shownBy(key(2))).isEqualTo(DroppedKey.Sign.API_SERVER);
    }
  }

  /** Somebody pointed the cluster at another key, and back. */
  @Test
  void versionOfAnotherKeyWasInASlot_itMayBeTheMissingOne() {
    Ledger toAndFro =
        Ledger.firstSeen(LONG_AGO, key(4))
            .current(other(1), LONG_AGO.plusSeconds(10), null)
            .current(key(5), LONG_AGO.plusSeconds(1_000), null);
    DroppedVersions dropped =
        new DroppedVersions(withOthers(6, 1, 2), key(5), toAndFro, reading(5, 5));

    assertThat(dropped.first()).contains(other(1));
    assertThat(dropped.shownBy(other(1))).isEqualTo(DroppedKey.Sign.LEDGER);
    assertThat(dropped.shownBy(other(2))).isEqualTo(DroppedKey.Sign.PERSON);
  }

  /** K9: a version that nothing has seen in use is never proposed. */
  @Test
  void otherKeysVersions_onlyThoseThatTheLedgerOrAnApiServerHasSeen() {
    Ledger met = Ledger.firstSeen(LONG_AGO, key(1));
    Scrape told =
        Samples.scrape(
            NOW, Samples.of("a").polls(hash(1), NOW).polls(KeyIdHash.predict(other(2)), LONG_AGO));

    assertThat(new DroppedVersions(withOthers(1, 1, 2), key(1), met, reading(1, 1)).first())
        .isEmpty();
    DroppedVersions dropped = new DroppedVersions(withOthers(1, 1, 2), key(1), met, told);
    assertThat(dropped.first()).contains(other(2));
    assertThat(dropped.shownBy(other(2))).isEqualTo(DroppedKey.Sign.API_SERVER);
  }

  @Test
  void newestWasDroppedByAnUpdateOfOurs_itComesAfterAllElse() {
    Ledger moved =
        Ledger.firstSeen(LONG_AGO, key(6))
            .current(key(4), LONG_AGO, "o")
            .current(key(5), LONG_AGO, "o");

    DroppedVersions all = of(moved, reading(4, 5));
    assertThat(all.first()).contains(key(3));
    DroppedVersions three =
        new DroppedVersions(
            versions(6).subList(3, 6), key(5), moved, reading(4, 5)); // the older ones are gone
    assertThat(three.first()).contains(key(6));
    assertThat(three.shownBy(key(6))).isEqualTo(DroppedKey.Sign.AGAIN);
  }

  /** The one under which everything was proved has most; what was tried comes last. */
  @Test
  void severalAreInDoubt_theProvedOneThenTheLongestCurrentThenWhatWasTried() {
    Ledger moved =
        Ledger.firstSeen(LONG_AGO, key(1))
            .proved(new ProvedOn(key(1), "e", LONG_AGO, "o"))
            .current(other(1), LONG_AGO.plusSeconds(100), null)
            .current(key(2), LONG_AGO.plusSeconds(200), null)
            .current(key(3), LONG_AGO.plusSeconds(1_000), null);
    assertThat(first(moved, 3)).contains(key(1));

    Ledger tried = moved.mayBeInSlot(key(1), NOW, "o").current(key(1), NOW, "o");
    assertThat(first(tried, 1)).contains(key(2));

    Ledger again = tried.mayBeInSlot(key(2), NOW, "o").current(key(2), NOW, "o");
    assertThat(first(again, 2)).contains(other(1));

    Ledger third = again.mayBeInSlot(other(1), NOW, "o").current(other(1), NOW, "o");
    assertThat(new DroppedVersions(withOthers(3, 1), other(1), third, null).first())
        .contains(key(3)); // dropped by us, when all that could be read lay elsewhere

    Ledger last = third.mayBeInSlot(key(3), NOW, "o").current(key(3), NOW, "o");
    assertThat(first(last, 3)).contains(key(2)); // tried, but nothing else is left
  }

  private static Optional<KeyId> first(Ledger ledger, int current) {
    return new DroppedVersions(withOthers(3, 1), key(current), ledger, null).first();
  }

  private static KeyId other(int number) {
    return KeyId.parse("https://other.vault.azure.net/keys/payments/p" + number, Cloud.PUBLIC);
  }

  private static List<KeyVersion> withOthers(int most, int... others) {
    List<KeyVersion> all = new ArrayList<>(versions(most));
    for (int number : others) {
      all.add(
          new KeyVersion(
              other(number),
              true,
              Example.madeAt(10 + number),
              null,
              null,
              "RSA",
              Set.of("encrypt", "decrypt")));
    }
    return all;
  }

  private static DroppedVersions of(Ledger ledger, Scrape scrape) {
    return new DroppedVersions(versions(6), key(5), ledger, scrape);
  }

  private static List<KeyVersion> versions(int most) {
    return IntStream.rangeClosed(1, most).mapToObj(Example::version).toList();
  }

  private static Scrape reading(int one, int other) {
    return Samples.scrape(
        NOW,
        Samples.of("a").polls(hash(one), NOW).polls(hash(other), NOW),
        Samples.of("b").polls(hash(one), NOW).polls(hash(other), NOW));
  }
}
