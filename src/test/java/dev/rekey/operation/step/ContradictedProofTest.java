package dev.rekey.operation.step;

import static dev.rekey.operation.Example.ETAG;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.clusterOn;
import static dev.rekey.operation.Example.facts;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.ledgerProvedOn;
import static dev.rekey.operation.Example.rotation;
import static dev.rekey.operation.Example.update;
import static dev.rekey.operation.Example.updatedRotation;
import static dev.rekey.operation.step.ProveCurrentTest.assertBegins;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Decision;
import dev.rekey.operation.FactKind;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Reason;
import dev.rekey.reencryption.Limits;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.Passes;
import dev.rekey.reencryption.Samples;
import dev.rekey.reencryption.Scrape;
import org.junit.jupiter.api.Test;

/** Rule 5 of {@link ProveCurrent}: what was proved may be taken back until the update is sent. */
class ContradictedProofTest {
  private static final Decision PROVED = new Decision.Done(Reason.PROVED_ON_CURRENT);
  private static final Scrape QUIET = scrape(quiet());
  private static final Scrape WRITTEN_UNDER_0 = scrape(quiet().writes(hash(0), 1));

  private final ProveCurrent step = new ProveCurrent(new PassRounds(Limits.FLEET));
  private final Passes census = Passes.of("prove-current", PassKind.COUNT, hash(1));
  private final Passes write = Passes.of("prove-current", PassKind.WRITE, hash(1));

  @Test
  void serverHasWrittenUnderAnEarlierKeySinceTheCensus_isCountedAgainNotNoted() {
    Facts facts = facts(rotation(census.clean())).with(clusterOn(1)).with(WRITTEN_UNDER_0);

    assertBegins(step.decide(facts), PassKind.COUNT);
  }

  @Test
  void serverHasWrittenUnderAnEarlierKeySinceItWasNoted_isCountedAgainNotSent() {
    assertBegins(afterNoted(rotation(census.clean()), WRITTEN_UNDER_0), PassKind.COUNT);
  }

  @Test
  void serverHasWrittenPlainSinceItWasNoted_isCountedAgainNotSent() {
    assertBegins(afterNoted(rotation(census.clean()), scrape(quiet().plain(0, 1))), PassKind.COUNT);
  }

  @Test
  void whatWasNotedIsBeingCountedAgain_isAwaited() {
    assertThat(afterNoted(rotation(census.round(1).clean(), census.round(2).listed()), QUIET))
        .isNotEqualTo(PROVED);
  }

  @Test
  void writePassAloneHasEndedSinceItWasNoted_isProvedAnew() {
    assertBegins(
        afterNoted(rotation(census.withForeignReads(hash(0)), write.clean()), QUIET),
        PassKind.PROOF);
  }

  @Test
  void serverHasRestartedSinceItWasNoted_isCountedAgainForWhatTheOldProcessMayHaveWritten() {
    assertBegins(
        afterNoted(rotation(census.clean()), scrape(quiet().startedAt(NOW.minusSeconds(1)))),
        PassKind.COUNT);
  }

  @Test
  void serverThatWasNotSeenInTheCensusIsThere_isCountedAgainForWhatItMayHaveWritten() {
    assertBegins(
        afterNoted(
            rotation(census.clean()),
            Samples.scrape(NOW, quiet(), second(), Samples.of("c").writes(hash(0), 7))),
        PassKind.COUNT);
  }

  @Test
  void updateMayHaveBeenSentOnAProofThatWasContradictedSince_isCountedAgainNotSentAgain() {
    assertBegins(
        afterNoted(updatedRotation(update(1), census.clean()), WRITTEN_UNDER_0), PassKind.COUNT);
  }

  @Test
  void updateMayHaveBeenSent_theTargetIsNoContradiction() {
    assertThat(
            afterNoted(
                updatedRotation(update(1), census.clean()), scrape(quiet().writes(hash(2), 1))))
        .isEqualTo(PROVED);
  }

  @Test
  void theServersAreAskedOnlyWhereAnUpdateMayBeSentOnAPassOfThisOperation() {
    Operation counted = updatedRotation(update(1), census.clean());

    assertThat(step.needsBesides(facts(counted).with(clusterOn(1))))
        .containsExactly(FactKind.SCRAPE);
    assertThat(step.needsBesides(facts(counted).with(clusterOn(2)))).isEmpty();
    assertThat(step.needsBesides(facts(counted).with(clusterOn(1, ETAG, "Updating")))).isEmpty();
    assertThat(step.needsBesides(facts(rotation()).with(clusterOn(1)))).isEmpty();
  }

  @Test
  void contradictedInEachOfFiveCensuses_stallsByTheReason() {
    Pass[] five = new Pass[5];
    for (int round = 1; round <= 5; round++) {
      five[round - 1] = census.round(round).clean();
    }

    Decision decision = step.decide(facts(rotation(five)).with(clusterOn(1)).with(WRITTEN_UNDER_0));

    assertThat(decision.reason()).isEqualTo(Reason.STILL_FOREIGN_READS);
  }

  /** What is decided where the ledger says that all is proved for what ARM shows. */
  private Decision afterNoted(Operation operation, Scrape servers) {
    return step.decide(facts(operation, ledgerProvedOn(1, ETAG)).with(clusterOn(1)).with(servers));
  }

  private static Scrape scrape(Samples first) {
    return Samples.scrape(NOW, first, second());
  }

  /** As the passes leave them. */
  private static Samples quiet() {
    return Samples.of("a").reads(hash(1), 106);
  }

  private static Samples second() {
    return Samples.of("b").reads(hash(1), 104);
  }
}
