package dev.rekey.operation;

import static dev.rekey.operation.Example.ETAG;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.clusterOn;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.ledgerProvedOn;
import static dev.rekey.operation.Example.rotation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.reencryption.ExceptionCounts;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.Passes;
import dev.rekey.reencryption.Samples;
import dev.rekey.reencryption.Tally;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Promise S2: an exception blocks the verdict on older keys unless the counters prove that it isn't
 * under one; one that can't be decrypted always blocks it.
 */
class ExceptionsBlockVerdictTest {
  private static final String NOT_NEEDED = "not-needed-by-this-cluster";
  private static final String NOT_KNOWN = "not-known";
  private static final Tally ONE_EXCEPTION = new Tally(10, 0, 9, 0, 1, 9, 3);

  private final Passes proof = Passes.of("prove", PassKind.PROOF, hash(2));

  @Test
  void noException_olderKeysAreNotNeeded() {
    assertThat(verdict(proof.clean())).isEqualTo(NOT_NEEDED);
  }

  @ParameterizedTest
  @EnumSource(ExceptionReason.class)
  void exceptionAndOnlyTheTargetWasRead_blocksUnlessTheCountersSpeakForIt(ExceptionReason reason) {
    Pass pass = proof.withException(reason);

    assertThat(pass.stands()).isTrue();
    assertThat(verdict(pass)).isEqualTo(reason.wasRead() ? NOT_NEEDED : NOT_KNOWN);
  }

  @ParameterizedTest
  @EnumSource(ExceptionReason.class)
  void exceptionAndAnotherKeyWasRead_blocksWhateverItsReason(ExceptionReason reason) {
    Pass pass = ended(reason, 0, 1);

    assertThat(pass.stands()).isTrue();
    assertThat(verdict(pass)).isEqualTo(NOT_KNOWN);
  }

  /** Neither may blind the other: the first was read under the target, the second can't be. */
  @Test
  void oneWasReadAndOneCannotBeDecrypted_blocks() {
    Tally tally = new Tally(10, 0, 8, 0, 2, 8, 4);
    ExceptionCounts both =
        ExceptionCounts.of(Samples.exceptions(ExceptionReason.DENIED_BY_POLICY, 1))
            .plus(Samples.exceptions(ExceptionReason.UNDECRYPTABLE, 1));

    Pass pass = proof.ended(after(0, 0), tally, both);

    assertThat(pass.stands()).isTrue();
    assertThat(verdict(pass)).isEqualTo(NOT_KNOWN);
  }

  /**
   * Where an API server fills its cache anew again and again, how many foreign reads there are says
   * nothing, and a proof that stalled on them would never end. It stands on its looks: each Secret
   * that is no exception was found unmoved, by servers shown to write with the target, and nothing
   * was written under another key since. The evidence says that, and the verdict stays blocked: the
   * counters, which would find a Secret that no list names, are blind.
   */
  @Test
  void serverReadsAgainAndAgainForOneItCannotDecrypt_proofStandsOnItsLooksAndBlocks() {
    Evidence evidence = evidence(ended(ExceptionReason.UNDECRYPTABLE, 20, 40));

    assertThat(evidence.proof()).isEqualTo(new Evidence.Proof("looks", 10, 9, 0));
    assertThat(evidence.verdict().oldestKey()).isEqualTo(NOT_KNOWN);
    assertThat(evidence.census().unknown()).isEqualTo(1);
  }

  @Test
  void oneCannotBeDecryptedAndTheCountersExplainEachRead_proofIsBorneOutAndBlocksAllTheSame() {
    Evidence evidence = evidence(ended(ExceptionReason.UNDECRYPTABLE, 3, 0));

    assertThat(evidence.proof().method()).isEqualTo("counters");
    assertThat(evidence.verdict().oldestKey()).isEqualTo(NOT_KNOWN);
  }

  /** Even then a write under another key voids it: what was looked at may have been moved back. */
  @Test
  void serverReadsAgainAndAgainAndAnotherWroteWithTheOldKey_proofIsVoid() {
    Samples[] after = after(20, 40);
    after[1] = after[1].writes(hash(1), 1);
    Pass pass =
        proof.ended(
            after,
            ONE_EXCEPTION,
            ExceptionCounts.of(Samples.exceptions(ExceptionReason.UNDECRYPTABLE, 1)));

    assertThat(pass.stands()).isFalse();
    assertThat(verdict(pass)).isEqualTo(NOT_KNOWN);
  }

  /** The counts are of all, however few of the names fit into the evidence. */
  @Test
  void undecryptableOneComesBehindAllThatTheEvidenceNames_blocksAndIsCounted() {
    Pass pass = proof.withException(ExceptionReason.UNDECRYPTABLE);
    Evidence evidence = evidence(pass);

    assertThat(evidence.exceptions()).isEmpty();
    assertThat(evidence.exceptionReasons()).containsEntry("undecryptable", 1L);
    assertThat(evidence.census().unknown()).isEqualTo(1);
    assertThat(evidence.verdict().oldestKey()).isEqualTo(NOT_KNOWN);
  }

  private Pass ended(ExceptionReason reason, long failed, long foreign) {
    return proof.ended(
        after(failed, foreign), ONE_EXCEPTION, ExceptionCounts.of(Samples.exceptions(reason, 1)));
  }

  private static Samples[] after(long failed, long foreign) {
    return new Samples[] {
      Samples.of("a").reads(hash(2), 106).reads(hash(1), foreign).failedReads(failed),
      Samples.of("b").reads(hash(2), 104)
    };
  }

  private static String verdict(Pass pass) {
    return evidence(pass).verdict().oldestKey();
  }

  private static Evidence evidence(Pass pass) {
    return EvidenceOf.of(
        rotation(pass), ledgerProvedOn(1, ETAG), clusterOn(2), null, NOW, List.of());
  }
}
