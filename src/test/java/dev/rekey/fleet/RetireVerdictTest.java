package dev.rekey.fleet;

import static dev.rekey.fleet.Fleets.ONE;
import static dev.rekey.fleet.Fleets.TWO;
import static dev.rekey.fleet.Fleets.census;
import static dev.rekey.fleet.Fleets.cluster;
import static dev.rekey.fleet.Fleets.day;
import static dev.rekey.fleet.Fleets.doubtful;
import static dev.rekey.fleet.Fleets.fleet;
import static dev.rekey.fleet.Fleets.proof;
import static dev.rekey.fleet.Fleets.rotated;
import static dev.rekey.fleet.Fleets.verdict;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import dev.rekey.operation.Example;
import dev.rekey.operation.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Line by line. Versions have the order of their numbers; what isn't said is in order. */
class RetireVerdictTest {

  // Needed.

  @Test
  void inTheCurrentSlot_needed() {
    assertNeeded(2, Ground.CURRENT, cluster(2, rotated(1), proof(1, 2)));
  }

  @Test
  void inThePreviousSlot_needed() {
    assertNeeded(1, Ground.PREVIOUS, cluster(2, rotated(1), proof(1, 2)));
  }

  /** The brief of it all: only the second proof sets a version free. */
  @Test
  void rotatedAndProvedOnce_neededAndTwice_notNeeded() {
    assertNeeded(1, Ground.PREVIOUS, cluster(2, rotated(1), proof(1, 2)));
    assertNotNeeded(1, day(5), cluster(3, rotated(1, 5), proof(1, 2), proof(5, 3)));
    assertNeeded(2, Ground.PREVIOUS, cluster(3, rotated(1, 5), proof(1, 2), proof(5, 3)));
  }

  @Test
  void secondRotationIsAtWork_needed() {
    Ledger sent = rotated(1).mayBeInSlot(key(3), day(5), "op-005");

    assertNeeded(1, Ground.MAYBE, cluster(3, sent, proof(1, 2)));
    assertNeeded(2, Ground.MAYBE, cluster(3, sent, proof(1, 2)));
    assertNeeded(1, Ground.PREVIOUS, cluster(2, sent, proof(1, 2)));
  }

  @Test
  void updateToItWasSentAndNobodyKnows_needed() {
    Ledger sent = rotated(1).mayBeInSlot(key(3), day(5), "op-005");

    assertNeeded(3, Ground.MAYBE, cluster(2, sent, proof(1, 2)));
  }

  /** An update of which nobody knows may have left it in the previous slot. */
  @Test
  void anotherRotationFollowedOnAnUnknownUpdate_neededUntilTheNextIsProved() {
    Ledger overtaken =
        rotated(1)
            .mayBeInSlot(key(3), day(5), "op-005")
            .mayBeInSlot(key(4), day(6), "op-006")
            .current(key(4), day(6), "op-006");
    Ledger next = overtaken.mayBeInSlot(key(5), day(8), "op-008").current(key(5), day(8), "op-008");

    assertNeeded(3, Ground.MAYBE, cluster(4, overtaken, proof(6, 4)));
    assertNotNeeded(3, day(8), cluster(5, next, proof(6, 4), proof(8, 5)));
  }

  @Test
  void kmsIsOff_theLastOneInUseIsNeededAndNoOther() {
    Ledger off = rotated(1).off(day(3), Fleets.operation(3));
    Counted plain = new Counted(Fleets.operation(3), day(3), Map.of(), 50, 0, true, true, null);
    KnownCluster cluster =
        new KnownCluster(ONE, KeyInUse.OFF, off, null, null, List.of(plain), null);

    assertNeeded(2, Ground.KEPT, cluster);
    assertNotNeeded(1, day(3), cluster);
  }

  @Test
  void kmsWasTurnedOffByHand_theLastOneInUseIsNeeded() {
    KnownCluster cluster =
        new KnownCluster(ONE, KeyInUse.OFF, rotated(1), null, null, List.of(proof(1, 2)), null);

    assertNeeded(2, Ground.KEPT, cluster);
    assertNeeded(1, Ground.MAYBE, cluster);
  }

  @Test
  void countFoundSecretsUnderItAfterTheProof_needed() {
    KnownCluster restored =
        cluster(3, rotated(1, 5), proof(1, 2), proof(5, 3), census(9, Map.of(3, 40L, 1, 10L)));

    RetireVerdict verdict = verdict(1, restored);

    assertNeeded(1, Ground.SECRETS, restored);
    assertThat(((RetireVerdict.Needed) verdict).needs().get(0).why())
        .contains("operation op-009", day(9).toString());
  }

  @Test
  void laterCountFoundNoneAgain_notNeededFromThenOn() {
    assertNotNeeded(
        1,
        day(11),
        cluster(
            3,
            rotated(1, 5),
            proof(5, 3),
            census(9, Map.of(3, 40L, 1, 10L)),
            census(11, Map.of(3, 50L))));
  }

  @Test
  void secretsAreFoundByTheHashOfAKeyThatTheClusterNeverHad_needed() {
    Counted foreign =
        new Counted("op-009", day(9), Map.of(hash(7).label(), 3L), 0, 0, false, true, null);

    assertNeeded(7, Ground.SECRETS, cluster(2, rotated(1), proof(1, 2), foreign));
  }

  @Test
  void operationUnderWayLeadsToItOrStartsFromIt_needed() {
    KnownCluster busy =
        new KnownCluster(
            ONE,
            KeyInUse.of(key(3)),
            rotated(1, 5),
            Example.operation(Kind.ROTATE), // from 1 to 2
            null,
            List.of(proof(5, 3)),
            null);

    assertNeeded(1, Ground.OPERATION, busy);
  }

  @Test
  void newestThatIsToBeRotatedTo_needed() {
    KnownCluster due =
        new KnownCluster(
            ONE, KeyInUse.of(key(2)), rotated(1), null, key(4), List.of(proof(1, 2)), null);

    assertNeeded(4, Ground.TARGET, due);
    assertThat(verdict(3, due).token()).isEqualTo("not-needed-by-any-known-cluster");
  }

  @Test
  void anotherClusterNeedsIt_neededByThatOneWhateverIsKnownOfOthers() {
    KnownCluster done = cluster(3, rotated(1, 5), proof(1, 2), proof(5, 3));
    KnownCluster behind =
        new KnownCluster(
            TWO, KeyInUse.of(key(2)), rotated(2), null, null, List.of(proof(2, 2)), null);
    KnownCluster unread =
        new KnownCluster(
            TWO, KeyInUse.of(key(9)), null, null, null, List.of(), "a record can't be read");

    assertThat(needs(verdict(1, done, behind)))
        .containsExactly(new Need(TWO, Ground.PREVIOUS, Ground.PREVIOUS.sentence()));
    assertThat(verdict(1, unread, behind).token()).isEqualTo("needed");
  }

  /** A vault ignores case, ARM shows it as somebody typed it. */
  @Test
  void spelledInAnotherCase_isTheSameVersion() {
    KeyId typed = KeyId.parse("https://EXAMPLE.vault.azure.net/keys/ETCD/V2", Cloud.PUBLIC);
    KnownCluster cluster =
        new KnownCluster(ONE, KeyInUse.of(typed), rotated(1), null, null, List.of(), null);

    assertThat(verdict(2, cluster).reason()).isEqualTo("current-slot");
  }

  // Not known.

  @Test
  void aClusterCouldNotBeLookedAt_notKnown() {
    KnownFleet fleet =
        new KnownFleet(
            List.of(cluster(3, rotated(1, 5), proof(5, 3))),
            List.of("the scope x can't be listed"),
            List.of());

    RetireVerdict verdict = RetireVerdict.of(key(1), day(-99), fleet);

    assertThat(doubts(verdict))
        .containsExactly(
            new Unsure(null, Uncertain.CLUSTER_NOT_LOOKED_AT, "the scope x can't be listed"));
  }

  @Test
  void recordsOfAClusterCanNotBeRead_notKnownForEveryVersion() {
    KnownCluster unread =
        new KnownCluster(TWO, KeyInUse.OFF, null, null, null, List.of(), "storage is away");

    assertNotKnown(
        1,
        Uncertain.RECORDS_UNREADABLE,
        cluster(3, rotated(1, 5), proof(1, 2), proof(5, 3)),
        unread);
  }

  @Test
  void clusterFollowsTheKeyByItself_notKnown() {
    KnownCluster follows =
        new KnownCluster(ONE, KeyInUse.anyOf(key(1).key()), null, null, null, List.of(), null);

    assertNotKnown(3, Uncertain.KEY_IN_USE_UNKNOWN, follows);
  }

  @Test
  void clusterNamesNoKeyThatCanBeRead_notKnownForTheKeysItHasHad() {
    KnownCluster strange =
        new KnownCluster(
            ONE,
            KeyInUse.UNKNOWN,
            rotated(1, 5),
            null,
            null,
            List.of(proof(1, 2), proof(5, 3)),
            null);

    assertNotKnown(1, Uncertain.KEY_IN_USE_UNKNOWN, strange);
  }

  @Test
  void metAsItIs_olderVersionsAreNotKnown() {
    KnownCluster met = cluster(3, Ledger.firstSeen(day(0), key(3)), census(1, Map.of(3, 50L)));
    KnownCluster never =
        new KnownCluster(ONE, KeyInUse.of(key(3)), null, null, null, List.of(), null);

    assertNotKnown(2, Uncertain.PREVIOUS_SLOT_UNKNOWN, met);
    assertNotKnown(2, Uncertain.PREVIOUS_SLOT_UNKNOWN, never);
  }

  @Test
  void metAsItIsAndRotatedOnce_olderVersionsAreNotNeeded() {
    assertNotNeeded(7, day(1), cluster(2, rotated(1), proof(1, 2)));
  }

  /** What came and went between two looks may be in the previous slot. */
  @Test
  void somebodyElseChangedTheKey_whatWasThereBeforeIsNotKnown() {
    Ledger noticed = rotated(1, 5).current(key(5), day(9), null);
    KnownFleet fleet = fleet(cluster(5, noticed, proof(1, 2), proof(5, 3)));

    assertThat(RetireVerdict.of(key(4), day(8), fleet).reason()).isEqualTo("previous-slot-unknown");
    assertThat(RetireVerdict.of(key(1), day(-99), fleet).reason())
        .isEqualTo("previous-slot-unknown");
    assertThat(RetireVerdict.of(key(2), day(-98), fleet).reason()).isEqualTo("maybe-in-a-slot");
    assertThat(RetireVerdict.of(key(3), day(-97), fleet).reason()).isEqualTo("maybe-in-a-slot");
  }

  @Test
  void rotatedAndProvedAfterSomebodyElsesChange_olderOnesAreNotNeededAgain() {
    Ledger after =
        rotated(1, 5)
            .current(key(5), day(9), null)
            .mayBeInSlot(key(6), day(12), Fleets.operation(12))
            .current(key(6), day(12), Fleets.operation(12));
    KnownCluster cluster = cluster(6, after, proof(1, 2), proof(5, 3), proof(12, 6));

    assertNeeded(5, Ground.PREVIOUS, cluster);
    assertNotNeeded(4, day(12), cluster);
    assertNotNeeded(1, day(12), cluster);
  }

  @ParameterizedTest
  @EnumSource(
      value = Uncertain.class,
      names = {"SECRETS_UNDECRYPTABLE", "EXCEPTIONS_NOT_CLEARED"})
  void lastCountHidesSecrets_notKnown(Uncertain why) {
    KnownCluster cluster = cluster(3, rotated(1, 5), proof(1, 2), proof(5, 3), doubtful(9, why));

    assertNotKnown(1, why, cluster);
    assertNotNeeded(
        1,
        day(11),
        cluster(3, rotated(1, 5), proof(5, 3), doubtful(9, why), census(11, Map.of(3, 50L))));
  }

  /** A doubt takes no finding back. */
  @Test
  void secretsWereFoundAndTheLastCountHidesSome_needed() {
    assertNeeded(
        1,
        Ground.SECRETS,
        cluster(
            3,
            rotated(1, 5),
            proof(5, 3),
            census(8, Map.of(1, 2L)),
            doubtful(9, Uncertain.SECRETS_UNDECRYPTABLE)));
  }

  @Test
  void secretsLieUnderAKeyThatNobodyCanName_notKnown() {
    Counted strange =
        new Counted("op-009", day(9), Map.of("sha256:00", 3L), 0, 0, false, true, null);

    assertNotKnown(
        1, Uncertain.STRANGE_KEY_STORED, cluster(3, rotated(1, 5), proof(5, 3), strange));
  }

  @Test
  void rotationThatPutItOutWasNotProved_notKnown() {
    assertNotKnown(1, Uncertain.NEVER_PROVED, cluster(3, rotated(1, 5), proof(1, 2)));
    assertNotKnown(1, Uncertain.NEVER_PROVED, cluster(3, rotated(1, 5)));
  }

  /** Since a count of some says nothing of the others. */
  @Test
  void lastCountAccountsForSomeOnly_theProofBeforeStands() {
    Counted some = new Counted("op-009", day(9), Map.of(), 0, 0, false, false, null);

    assertNotNeeded(1, day(5), cluster(3, rotated(1, 5), proof(5, 3), some));
  }

  // Not needed.

  @Test
  void severalClusters_theLastToPartWithItSaysSinceWhen() {
    KnownCluster later =
        new KnownCluster(
            TWO, KeyInUse.of(key(3)), rotated(2, 8), null, null, List.of(proof(8, 3)), null);

    assertNotNeeded(1, day(8), cluster(3, rotated(1, 5), proof(1, 2), proof(5, 3)), later);
  }

  @Test
  void censusEveryWeek_changesNotSinceWhen() {
    assertNotNeeded(
        1,
        day(5),
        cluster(
            3,
            rotated(1, 5),
            proof(1, 2),
            proof(5, 3),
            census(12, Map.of(3, 50L)),
            census(19, Map.of(3, 50L))));
  }

  @Test
  void versionThatWasPassedOver_isNotNeededSinceItWasMade() {
    KnownFleet fleet = fleet(cluster(3, rotated(1, 5), proof(1, 2), proof(5, 3)));

    assertThat(RetireVerdict.of(key(8), day(7), fleet))
        .isEqualTo(new RetireVerdict.NotNeeded(day(7)));
  }

  @Test
  void keyThatNoClusterHasToDoWith_wasNeverUsed() {
    KeyId other = KeyId.parse("https://example.vault.azure.net/keys/other/v1", Cloud.PUBLIC);

    RetireVerdict verdict =
        RetireVerdict.of(other, day(0), fleet(cluster(2, rotated(1), proof(1, 2))));

    assertThat(verdict).isEqualTo(new RetireVerdict.NotNeeded(null));
    assertThat(verdict.reason()).isEqualTo("never-used");
  }

  @Test
  void everyVerdict_hasItsToken() {
    assertThat(new RetireVerdict.NotNeeded(day(1)).token())
        .isEqualTo("not-needed-by-any-known-cluster");
    assertThat(new RetireVerdict.NotNeeded(day(1)).reason())
        .isEqualTo("in-no-slot-and-none-under-it");
    assertThat(new RetireVerdict.NotKnown(List.of()).token()).isEqualTo("not-known");
    assertThat(new RetireVerdict.Needed(List.of()).token()).isEqualTo("needed");
    assertThat(RetireVerdict.CAVEAT).contains("backup");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void noClusterAtAll_nobodyNeedsIt(int version) {
    assertThat(verdict(version)).isEqualTo(new RetireVerdict.NotNeeded(null));
  }

  private static void assertNeeded(int version, Ground ground, KnownCluster... clusters) {
    assertThat(needs(verdict(version, clusters))).extracting(Need::ground).contains(ground);
  }

  private static void assertNotKnown(int version, Uncertain cause, KnownCluster... clusters) {
    assertThat(doubts(verdict(version, clusters))).extracting(Unsure::cause).contains(cause);
  }

  private static void assertNotNeeded(int version, Instant since, KnownCluster... clusters) {
    assertThat(verdict(version, clusters)).isEqualTo(new RetireVerdict.NotNeeded(since));
  }

  private static List<Need> needs(RetireVerdict verdict) {
    assertThat(verdict).isInstanceOf(RetireVerdict.Needed.class);
    return ((RetireVerdict.Needed) verdict).needs();
  }

  private static List<Unsure> doubts(RetireVerdict verdict) {
    assertThat(verdict).isInstanceOf(RetireVerdict.NotKnown.class);
    return ((RetireVerdict.NotKnown) verdict).doubts();
  }
}
