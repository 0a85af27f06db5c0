package dev.rekey.fleet;

import static dev.rekey.fleet.Ended.LAST_WEEK;
import static dev.rekey.operation.Example.ETAG;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.cluster;
import static dev.rekey.operation.Example.clusterOn;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.key;
import static dev.rekey.operation.Example.ledger;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.fleet.ForeignKeys.What;
import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import dev.rekey.key.Ledger;
import dev.rekey.key.ProvedOn;
import dev.rekey.operation.Ending;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Route;
import dev.rekey.reencryption.Doubt;
import dev.rekey.reencryption.Place;
import dev.rekey.reencryption.Search;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What of a census is told, and what may be rewritten without anybody asking. */
class ForeignKeysTest {
  private static final KmsSettings ON = KmsSettings.of(key(1));
  private static final ManagedCluster OFF = cluster(KmsExperience.NONE, null, ETAG, "Succeeded");
  private static final ManagedCluster PLATFORM =
      cluster(KmsExperience.PLATFORM_MANAGED, null, ETAG, "Succeeded");
  private static final Ledger PROVED = provedAt(LAST_WEEK);
  private static final Ledger PROVED_PLAIN =
      ledger().proved(new ProvedOn(null, ETAG, LAST_WEEK, "earlier"));

  @Test
  void otherKeyAfterAProof_isToldAndMayBeRewritten() {
    Operation census = Ended.census(ON).under(hash(1), 6).under(hash(0), 4).build();

    assertThat(found(census, clusterOn(1), PROVED))
        .contains(
            new ForeignKeys(
                census.id(), What.OTHER_KEY, hash(1).label(), Map.of(hash(0), 4L), 0, true));
  }

  @Test
  void plainThoughOn_isNamedSo() {
    Operation census = Ended.census(ON).under(hash(1), 6).plain(4, 0).build();

    ForeignKeys found = found(census, clusterOn(1), PROVED).orElseThrow();

    assertThat(found.what()).isEqualTo(What.PLAIN_THOUGH_ON);
    assertThat(found.under()).isEqualTo(Map.of(KeyIdHash.PLAIN, 4L));
    assertThat(found.canBeRewritten()).isTrue();
  }

  @Test
  void plainAndOtherKey_isTheOtherKeyFirst() {
    Operation census = Ended.census(ON).under(hash(1), 6).under(hash(0), 1).plain(3, 0).build();

    assertThat(found(census, clusterOn(1), PROVED).orElseThrow().what()).isEqualTo(What.OTHER_KEY);
  }

  @Test
  void allWhereItShouldLie_nothingIsTold() {
    Operation census = Ended.census(ON).under(hash(1), 10).build();

    assertThat(found(census, clusterOn(1), PROVED)).isEmpty();
    assertThat(ForeignKeys.mayBeIn(List.of(census), clusterOn(1))).isFalse();
    assertThat(ForeignKeys.mayBeIn(List.of(), clusterOn(1))).isFalse();
  }

  @Test
  void neverProved_earlierKeysAreNoSurprise() {
    Operation census = Ended.census(ON).under(hash(1), 6).under(hash(0), 4).build();

    assertThat(found(census, clusterOn(1), ledger())).isEmpty();
  }

  @Test
  void provedSince_isPutRight() {
    Operation census = Ended.census(ON).at(LAST_WEEK).under(hash(1), 6).under(hash(0), 4).build();
    Operation proof = Ended.rewrite(ON).at(NOW).under(hash(1), 10).build();

    assertThat(found(census, clusterOn(1), provedAt(NOW))).isEmpty();
    assertThat(ForeignKeys.in(List.of(census, proof), clusterOn(1), ledger())).isEmpty();
    assertThat(ForeignKeys.in(List.of(proof, census), clusterOn(1), ledger())).isEmpty();
  }

  @Test
  void proofThatOnlyTheRecordsHold_isOneToo() {
    Operation proof = Ended.rewrite(ON).at(LAST_WEEK).under(hash(1), 10).build();
    Operation census = Ended.census(ON).under(hash(1), 6).under(hash(0), 4).build();

    assertThat(
            ForeignKeys.in(List.of(proof, census), clusterOn(1), ledger())
                .map(ForeignKeys::canBeRewritten))
        .contains(true);
  }

  @Test
  void laterCensusFindsNothing_theEarlierOneIsOver() {
    Operation earlier = Ended.census(ON).at(LAST_WEEK).under(hash(1), 6).under(hash(0), 4).build();
    Operation later = Ended.census(ON).under(hash(1), 10).build();

    assertThat(ForeignKeys.in(List.of(earlier, later), clusterOn(1), provedAt(Instant.EPOCH)))
        .isEmpty();
  }

  @Test
  void laterCensusThatWasRefused_leavesTheEarlierOneStanding() {
    Operation earlier = Ended.census(ON).at(LAST_WEEK).under(hash(1), 6).under(hash(0), 4).build();
    Operation refused = Ended.census(ON).outcome(Ending.Outcome.REFUSED).build();

    assertThat(ForeignKeys.in(List.of(earlier, refused), clusterOn(1), provedAt(Instant.EPOCH)))
        .isPresent();
  }

  @Test
  void clusterMovedSince_theCensusSaysNothingOfIt() {
    Operation census = Ended.census(ON).under(hash(1), 6).under(hash(0), 4).build();

    assertThat(found(census, clusterOn(2), PROVED)).isEmpty();
    assertThat(found(census, OFF, PROVED)).isEmpty();
    assertThat(found(census, PLATFORM, PROVED)).isEmpty();
  }

  @Test
  void undecryptable_isToldBeforeAnyProofAndNeverRewritten() {
    Operation census = Ended.census(ON).under(hash(1), 8).under(hash(0), 1).unknown(1).build();

    for (Ledger ledger : List.of(ledger(), PROVED)) {
      ForeignKeys found = found(census, clusterOn(1), ledger).orElseThrow();
      assertThat(found.what()).isEqualTo(What.UNDECRYPTABLE);
      assertThat(found.unknown()).isEqualTo(1);
      assertThat(found.canBeRewritten()).isFalse();
    }
  }

  @Test
  void encryptedThoughOff_isToldBeforeAnyProofAndRewrittenOnlyIfAllWasProvedPlain() {
    Operation census = Ended.census(KmsSettings.OFF).under(hash(1), 4).plain(6, 2).build();

    ForeignKeys unproved = found(census, OFF, ledger()).orElseThrow();
    ForeignKeys proved = found(census, OFF, PROVED_PLAIN).orElseThrow();

    assertThat(unproved.what()).isEqualTo(What.ENCRYPTED_THOUGH_OFF);
    assertThat(unproved.under()).isEqualTo(Map.of(hash(1), 4L));
    assertThat(unproved.canBeRewritten()).isFalse();
    assertThat(proved.canBeRewritten()).isTrue();
  }

  /** Nobody's Secrets are written plain because somebody has turned KMS off. */
  @Test
  void turnedOffSinceTheProofUnderAKey_isToldAndLeftToAPerson() {
    Operation census = Ended.census(KmsSettings.OFF).under(hash(1), 4).plain(6, 2).build();

    ForeignKeys found = found(census, OFF, PROVED).orElseThrow();

    assertThat(found.what()).isEqualTo(What.ENCRYPTED_THOUGH_OFF);
    assertThat(found.canBeRewritten()).isFalse();
  }

  @Test
  void movedToAnotherKeySinceTheProof_isToldAndLeftToAPerson() {
    KeyId elsewhere = KeyId.parse("https://other.vault.azure.net/keys/k/1", Cloud.PUBLIC);
    KeyIdHash other = KeyIdHash.predict(elsewhere);
    ManagedCluster moved = cluster(KmsExperience.VERSIONED_KEY, elsewhere.url(), ETAG, "Succeeded");
    Operation census =
        Ended.census(KmsSettings.of(elsewhere)).under(other, 6).under(hash(1), 4).build();

    ForeignKeys found = found(census, moved, PROVED).orElseThrow();

    assertThat(found.what()).isEqualTo(What.OTHER_KEY);
    assertThat(found.canBeRewritten()).isFalse();
  }

  @Test
  void movedToAnotherVersionOfTheProvedKey_mayBeRewritten() {
    Operation census =
        Ended.census(KmsSettings.of(key(2))).under(hash(2), 6).under(hash(1), 4).build();

    assertThat(found(census, clusterOn(2), PROVED).orElseThrow().canBeRewritten()).isTrue();
  }

  @Test
  void offAndPlain_isInOrder() {
    Operation census = Ended.census(KmsSettings.OFF).plain(10, 2).build();

    assertThat(found(census, OFF, PROVED)).isEmpty();
  }

  /** Stable versions of ARM don't show the platform's own key, under which all is written. */
  @Test
  void offButWrittenUnderAKeyThatNobodyKnows_isNotTakenForForeign() {
    Operation census = Ended.census(KmsSettings.OFF).under(hash(7), 10).lastWrote(hash(7)).build();

    assertThat(found(census, OFF, PROVED)).isEmpty();
  }

  @Test
  void offAndLastWrittenUnderTheKeyThatWasInUse_isOffInHaste() {
    Operation census =
        Ended.census(KmsSettings.OFF)
            .under(hash(1), 10)
            .lastWrote(hash(1))
            .located(search(hash(1).label()))
            .build();

    ForeignKeys found = found(census, OFF, PROVED).orElseThrow();

    assertThat(found.what()).isEqualTo(What.ENCRYPTED_THOUGH_OFF);
    assertThat(found.home()).isEqualTo("plain");
    assertThat(found.under()).isEqualTo(Map.of(hash(1), 10L));
  }

  @Test
  void aksRotatesItsOwnKey_secretsUnderItsEarlierOneAreNoSurpriseAndPlainOnesAre() {
    Operation proof = Ended.rewrite(ON).at(LAST_WEEK).under(hash(1), 10).build();
    Operation rotated =
        Ended.census(Route.UNKNOWN).under(hash(2), 1).under(hash(1), 9).lastWrote(hash(2)).build();
    Operation plain =
        Ended.census(Route.UNKNOWN).under(hash(2), 7).plain(3, 0).lastWrote(hash(2)).build();

    assertThat(ForeignKeys.in(List.of(proof, rotated), PLATFORM, ledger())).isEmpty();
    ForeignKeys found = ForeignKeys.in(List.of(proof, plain), PLATFORM, ledger()).orElseThrow();
    assertThat(found.what()).isEqualTo(What.PLAIN_THOUGH_ON);
    assertThat(found.canBeRewritten()).isFalse();
  }

  /** Somebody read what was deleted, or an old continue token: the search found no such Secret. */
  @Test
  void readByOthersOfWhatIsNoSecret_isNoForeignKey() {
    Ended census = Ended.census(ON).under(hash(1), 10).under(hash(0), 1);

    assertThat(found(census.located(search(hash(1).label())).build(), clusterOn(1), PROVED))
        .isEmpty();
    assertThat(
            found(
                census
                    .located(search(hash(1).label(), new Place("a", null, hash(0).label(), 1)))
                    .build(),
                clusterOn(1),
                PROVED))
        .isPresent();
  }

  @Test
  void searchThatCouldNotTell_leavesTheCountStanding() {
    Search doubtful =
        new Search(
            hash(1).label(), false, 1, List.of(), List.of(), 1, 1, "c", Set.of(Doubt.INTERRUPTED));
    Operation census =
        Ended.census(ON).under(hash(1), 10).under(hash(0), 1).located(doubtful).build();

    assertThat(found(census, clusterOn(1), PROVED)).isPresent();
  }

  @Test
  void tokens_neverChange() {
    assertThat(What.values())
        .extracting(What::token)
        .containsExactly("undecryptable", "encrypted-though-off", "other-key", "plain-though-on");
  }

  private static Search search(String home, Place... places) {
    return new Search(home, false, 1, List.of(), List.of(places), 1, 1, "c", Set.of());
  }

  /** Whoever finds something was told before that there may be. */
  private static Optional<ForeignKeys> found(
      Operation census, ManagedCluster cluster, Ledger ledger) {
    Optional<ForeignKeys> found = ForeignKeys.in(List.of(census), cluster, ledger);
    assertThat(found.isEmpty() || ForeignKeys.mayBeIn(List.of(census), cluster)).isTrue();
    return found;
  }

  private static Ledger provedAt(Instant at) {
    return ledger().proved(new ProvedOn(key(1), ETAG, at, "earlier"));
  }
}
