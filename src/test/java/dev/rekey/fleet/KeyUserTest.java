package dev.rekey.fleet;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.ETAG;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.cluster;
import static dev.rekey.operation.Example.key;
import static dev.rekey.operation.Example.ledger;
import static dev.rekey.operation.Example.madeAt;
import static dev.rekey.operation.Example.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.fleet.KeyUser.Standing;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Ledger;
import dev.rekey.key.ProvedOn;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.Mode;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Others wait for version 2, of three. */
class KeyUserTest {
  private static final List<KeyVersion> VERSIONS = List.of(version(1), version(2), version(3));

  @Test
  void onAnOlderVersion_isBehindAndHolds() {
    assertThat(on(1, ledger())).isEqualTo(Standing.BEHIND);
    assertThat(user(1, ledger(), Mode.AUTO).holds()).isTrue();
  }

  @Test
  void onAnOlderVersionThatAPersonMustApprove_isBehind() {
    assertThat(user(1, ledger(), Mode.APPROVE).standing()).isEqualTo(Standing.BEHIND);
  }

  @Test
  void onAVersionThatTheVaultDoesNotHave_isBehind() {
    assertThat(on(7, ledger())).isEqualTo(Standing.BEHIND);
  }

  @Test
  void onItAndProvedOnTheOneBefore_isUnproved() {
    assertThat(on(2, proved(moved(), 1))).isEqualTo(Standing.UNPROVED);
  }

  @Test
  void onItWithoutAnyProof_isUnprovedWhereItWasSeenOnAnother() {
    assertThat(on(2, moved())).isEqualTo(Standing.UNPROVED);
    assertThat(user(2, moved(), Mode.AUTO).holds()).isTrue();
  }

  /** Somebody has moved it by hand, and our ledger hasn't heard of it. */
  @Test
  void armShowsItAndTheLedgerKnowsOfTheOneBeforeOnly_isUnproved() {
    assertThat(on(2, ledger())).isEqualTo(Standing.UNPROVED);
  }

  @Test
  void provedOnIt_holdsNobody() {
    assertThat(on(2, proved(moved(), 2))).isEqualTo(Standing.PROVED);
    assertThat(user(2, proved(moved(), 2), Mode.AUTO).holds()).isFalse();
  }

  @Test
  void provedOnANewerOne_isProved() {
    assertThat(on(3, proved(moved(), 3))).isEqualTo(Standing.PROVED);
  }

  @Test
  void provedOnItAndOnANewerOneNow_isProved() {
    assertThat(on(3, proved(moved(), 2))).isEqualTo(Standing.PROVED);
  }

  /** A proof of what ARM no longer shows is none. */
  @Test
  void provedOnItAndBackOnAnOlderOne_isBehind() {
    assertThat(on(1, proved(moved(), 2))).isEqualTo(Standing.BEHIND);
  }

  @Test
  void provedPlain_isNoProofOfAVersion() {
    Ledger plain = moved().proved(new ProvedOn(null, ETAG, NOW, "o"));

    assertThat(on(2, plain)).isEqualTo(Standing.UNPROVED);
  }

  @Test
  void metOnItAndNeverSeenOnAnother_holdsNobodyAndIsPassedOver() {
    Ledger metOnIt = Ledger.firstSeen(NOW, key(2));

    assertThat(on(2, metOnIt)).isEqualTo(Standing.MET_ON_IT);
    assertThat(user(2, metOnIt, Mode.AUTO).holds()).isFalse();
    assertThat(user(2, metOnIt, Mode.AUTO).isPassedOver()).isTrue();
  }

  @Test
  void versionIsFromBeforeItWasFirstSeen_isProposedToAPersonAndPassedOver() {
    Ledger later = Ledger.firstSeen(madeAt(2), key(1));

    assertThat(on(1, later)).isEqualTo(Standing.PROPOSED);
    assertThat(user(1, later, Mode.AUTO).isPassedOver()).isTrue();
  }

  @Test
  void observedOnly_isPassedOverUnlessItIsProvedAnyway() {
    assertThat(user(1, ledger(), Mode.OBSERVE).standing()).isEqualTo(Standing.OBSERVED);
    assertThat(user(2, moved(), Mode.OBSERVE).standing()).isEqualTo(Standing.OBSERVED);
    assertThat(user(2, proved(moved(), 2), Mode.OBSERVE).standing()).isEqualTo(Standing.PROVED);
    assertThat(user(1, ledger(), Mode.OBSERVE).isPassedOver()).isTrue();
  }

  @Test
  void notOnKmsV2WithAVersionedKey_isPassedOver() {
    for (KmsExperience other : List.of(KmsExperience.UNPROVED, KmsExperience.PLATFORM_MANAGED)) {
      KeyUser user =
          KeyUser.of(
              cluster(other, key(1).url(), ETAG, "Succeeded"),
              Mode.AUTO,
              ledger(),
              key(1),
              version(2),
              VERSIONS);
      assertThat(user.standing()).isEqualTo(Standing.NOT_ROTATED);
      assertThat(user.isPassedOver()).isTrue();
    }
  }

  @Test
  void tokens_neverChange() {
    assertThat(Arrays.stream(Standing.values()).map(Standing::token))
        .containsExactly(
            "proved",
            "behind",
            "unproved",
            "observe-only",
            "kms-not-on-versioned-key",
            "version-from-before-first-meeting",
            "met-on-this-version");
  }

  private static Standing on(int number, Ledger ledger) {
    KeyUser user = user(number, ledger, Mode.AUTO);
    assertThat(user.cluster()).isEqualTo(CLUSTER);
    assertThat(user.wave()).isEqualTo(Wave.FIRST);
    return user.standing();
  }

  private static KeyUser user(int number, Ledger ledger, Mode mode) {
    return KeyUser.of(
        cluster(KmsExperience.VERSIONED_KEY, key(number).url(), ETAG, "Succeeded"),
        mode,
        ledger,
        key(number),
        version(2),
        VERSIONS);
  }

  /** Seen on version 1, then moved to 2 by an operation. */
  private static Ledger moved() {
    return ledger().current(key(2), NOW, "o");
  }

  private static Ledger proved(Ledger ledger, int number) {
    return ledger.proved(new ProvedOn(key(number), ETAG, NOW, "o"));
  }
}
