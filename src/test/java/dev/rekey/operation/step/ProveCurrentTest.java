package dev.rekey.operation.step;

import static dev.rekey.operation.Example.ETAG;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.clusterOn;
import static dev.rekey.operation.Example.facts;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.key;
import static dev.rekey.operation.Example.ledgerProvedOn;
import static dev.rekey.operation.Example.rotation;
import static dev.rekey.operation.Example.update;
import static dev.rekey.operation.Example.updatedRotation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Decision;
import dev.rekey.operation.Effect;
import dev.rekey.operation.Facts;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Reason;
import dev.rekey.reencryption.ExceptionCounts;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.Limits;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.Passes;
import dev.rekey.reencryption.Samples;
import dev.rekey.reencryption.Scrape;
import dev.rekey.reencryption.Tally;
import org.junit.jupiter.api.Test;

/**
 * What keeps a second rotation from dropping a key that Secrets still need (kubernetes-kms#291).
 */
class ProveCurrentTest {
  private static final Decision PROVED = new Decision.Done(Reason.PROVED_ON_CURRENT);
  private static final String MOVED = "\"etag-2\"";

  /** As the passes leave the servers. */
  private static final Scrape QUIET =
      Samples.scrape(NOW, Samples.of("a").reads(hash(1), 106), Samples.of("b").reads(hash(1), 104));

  private final ProveCurrent step = new ProveCurrent(new PassRounds(Limits.FLEET));
  private final Passes census = Passes.of("prove-current", PassKind.COUNT, hash(1));
  private final Passes write = Passes.of("prove-current", PassKind.WRITE, hash(1));
  private final Passes proof = Passes.of("prove-current", PassKind.PROOF, hash(1));

  @Test
  void rule1_ledgerHasAProofForThisKeyAndETag_done() {
    assertThat(step.decide(facts(rotation(), ledgerProvedOn(1, ETAG)).with(clusterOn(1))))
        .isEqualTo(PROVED);
  }

  @Test
  void rule1_proofIsForAnotherETag_takesACensus() {
    Facts facts = facts(rotation(), ledgerProvedOn(1, MOVED)).with(clusterOn(1));

    assertBegins(step.decide(facts), PassKind.COUNT);
  }

  @Test
  void rule1_proofIsForAnotherKey_takesACensus() {
    Facts facts = facts(rotation(), ledgerProvedOn(0, ETAG)).with(clusterOn(1));

    assertBegins(step.decide(facts), PassKind.COUNT);
  }

  @Test
  void rule2_nothingProved_takesACensusOfTheCurrentKey() {
    Decision decision = step.decide(facts(rotation()).with(clusterOn(1)));

    assertBegins(decision, PassKind.COUNT);
    assertThat(((Effect.ListSecrets) ((Decision.Act) decision).effect()).pass().target())
        .isEqualTo(hash(1));
  }

  @Test
  void rule2_cleanCensus_isNotedWithItsETagAndNothingIsWritten() {
    assertThat(decide(rotation(census.clean()))).isEqualTo(noted());
  }

  @Test
  void rule2_cleanCensusWithDeniedSecrets_isNoted() {
    Tally denied = new Tally(10, 0, 10, 0, 0, 10, 0);
    Pass pass = census.ended(allReadUnder1(), denied, ExceptionCounts.NONE);

    assertThat(decide(rotation(pass))).isEqualTo(noted());
  }

  @Test
  void rule3_censusFindsOneForeignRead_writesUnderTheCurrentKey() {
    assertBegins(decide(rotation(census.withForeignReads(hash(0)))), PassKind.WRITE);
  }

  @Test
  void rule3_censusFindsAPlainSecret_writesUnderTheCurrentKey() {
    Pass plain =
        census.ended(
            new Samples[] {
              Samples.of("a").reads(hash(1), 110).plain(1, 0), Samples.of("b").reads(hash(1), 100)
            },
            Samples.allCurrent(10),
            ExceptionCounts.NONE);

    assertBegins(decide(rotation(plain)), PassKind.WRITE);
  }

  @Test
  void rule3_countersSawFewerReadsThanLooks_writesUnderTheCurrentKey() {
    Pass few =
        census.ended(
            new Samples[] {
              Samples.of("a").reads(hash(1), 105), Samples.of("b").reads(hash(1), 104)
            },
            Samples.allCurrent(10),
            ExceptionCounts.NONE);

    assertBegins(decide(rotation(few)), PassKind.WRITE);
  }

  @Test
  void rule3_secretThatMayNotHaveBeenRead_isNeverClean() {
    for (ExceptionReason reason : ExceptionReason.values()) {
      Decision decision = decide(rotation(census.withException(reason)));

      assertThat(decision.equals(noted())).as("%s", reason).isEqualTo(reason.wasRead());
    }
  }

  @Test
  void rule3_writePassStands_isProved() {
    assertBegins(decide(rotation(census.withForeignReads(hash(0)), write.clean())), PassKind.PROOF);
  }

  @Test
  void rule3_proofIsClean_isNoted() {
    assertThat(decide(rotation(census.withForeignReads(hash(0)), write.clean(), proof.clean())))
        .isEqualTo(noted());
  }

  @Test
  void rule3_proofFindsForeignReads_isRepeatedNotNoted() {
    assertBegins(decide(rotation(write.clean(), proof.withForeignReads(hash(0)))), PassKind.PROOF);
  }

  @Test
  void rule3_proofLeavesAnExceptionThatMayLieUnderTheOldKey_stalls() {
    Decision decision =
        decide(rotation(write.clean(), proof.withException(ExceptionReason.UNDECRYPTABLE)));

    assertThat(decision).isInstanceOf(Decision.Stall.class);
    assertThat(decision.reason()).isEqualTo(Reason.KEY_VERSION_DROPPED);
  }

  @Test
  void rule3_proofLeavesAnExceptionThatTheCountersProve_isNoted() {
    assertThat(
            decide(rotation(write.clean(), proof.withException(ExceptionReason.DENIED_BY_POLICY))))
        .isEqualTo(noted());
  }

  @Test
  void rule4_updateSentAndKeyIdMoved_done() {
    assertThat(step.decide(facts(updatedRotation(update(1))).with(clusterOn(2))))
        .isEqualTo(new Decision.Done(Reason.KEY_ALREADY_MOVED));
  }

  @Test
  void rule4_updateSentAndETagMovedWhileKeyIdStays_takesACensusNotAWrite() {
    Facts facts =
        facts(updatedRotation(update(1)), ledgerProvedOn(1, ETAG))
            .with(clusterOn(1, MOVED, "Failed"));

    assertBegins(step.decide(facts), PassKind.COUNT);
  }

  @Test
  void rule4_censusShowsTheOldAndTheNewKey_isNoted() {
    assertThat(decide(updatedRotation(update(1), census.withForeignReads(hash(2)))))
        .isEqualTo(
            new Decision.Act(
                new Effect.NoteProved(KmsSettings.of(key(1)), ETAG, hash(2)), Reason.RECORDING));
  }

  @Test
  void rule4_censusShowsAThirdKey_stallsAndNeverWrites() {
    Decision decision = decide(updatedRotation(update(1), census.withForeignReads(hash(0))));

    assertThat(decision).isInstanceOf(Decision.Stall.class);
    assertThat(decision.reason()).isEqualTo(Reason.FOREIGN_KEY_STORED);
  }

  @Test
  void etagMovedDuringTheCensus_isTakenAgain() {
    assertBegins(
        step.decide(
            facts(rotation(census.clean())).with(clusterOn(1, MOVED, "Succeeded")).with(QUIET)),
        PassKind.COUNT);
  }

  @Test
  void etagMovedInEachOfFiveCensuses_stalls() {
    Pass[] five = new Pass[5];
    for (int round = 1; round <= 5; round++) {
      five[round - 1] = census.round(round).clean();
    }

    Decision decision =
        step.decide(facts(rotation(five)).with(clusterOn(1, MOVED, "Succeeded")).with(QUIET));

    assertThat(decision).isInstanceOf(Decision.Stall.class);
    assertThat(decision.reason()).isEqualTo(Reason.ETAG_KEEPS_MOVING);
  }

  @Test
  void armIsAtWork_waits() {
    assertThat(step.decide(facts(rotation()).with(clusterOn(1, ETAG, "Updating"))))
        .isEqualTo(new Decision.Wait(NOW.plusSeconds(15), Reason.CLUSTER_BUSY));
  }

  @Test
  void interruptedCensus_isTakenAgain() {
    assertBegins(decide(rotation(census.interrupted())), PassKind.COUNT);
  }

  private Decision decide(Operation operation) {
    return step.decide(facts(operation).with(clusterOn(1)).with(QUIET));
  }

  private static Decision noted() {
    return new Decision.Act(
        new Effect.NoteProved(KmsSettings.of(key(1)), ETAG, null), Reason.RECORDING);
  }

  private static Samples[] allReadUnder1() {
    return new Samples[] {Samples.of("a").reads(hash(1), 106), Samples.of("b").reads(hash(1), 104)};
  }

  /** That a round of this kind is to be listed. */
  static void assertBegins(Decision decision, PassKind kind) {
    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Act.class,
            act ->
                assertThat(act.effect())
                    .isInstanceOfSatisfying(
                        Effect.ListSecrets.class,
                        list -> assertThat(list.pass().kind()).isEqualTo(kind)));
  }
}
