package dev.rekey.reencryption;

import static dev.rekey.operation.Example.hash;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyIdHash;
import dev.rekey.reencryption.CounterGrowth.Gap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PassVerdictTest {
  private static final Tally TEN = Samples.allCurrent(10);
  private static final Tally ONE_EXCEPTION = new Tally(10, 0, 9, 0, 1, 9, 3);

  @Test
  void everyLookReadTheTarget_proofStands() {
    assertThat(proof(growth(10, 0), TEN)).isEqualTo(PassVerdict.STANDS);
  }

  @Test
  void oneReadTooFew_proofIsVoid() {
    assertThat(proof(growth(9, 0), TEN)).isEqualTo(PassVerdict.TOO_FEW_READS);
  }

  @Test
  void otherClientsReadTheTargetToo_proofStands() {
    assertThat(proof(growth(1000, 0), TEN)).isEqualTo(PassVerdict.STANDS);
  }

  @Test
  void oneForeignReadWithoutException_proofIsVoid() {
    assertThat(proof(growth(10, 1), TEN)).isEqualTo(PassVerdict.FOREIGN_READS);
  }

  @Test
  void onePlainReadWithoutException_proofIsVoid() {
    CounterGrowth plain =
        new CounterGrowth(Map.of(hash(2), 10L, KeyIdHash.PLAIN, 1L), Map.of(), 0, null);

    assertThat(proof(plain, TEN)).isEqualTo(PassVerdict.FOREIGN_READS);
  }

  @Test
  void plainIsTheTarget_oneReadUnderAKeyVoidsTheProof() {
    CounterGrowth plain = new CounterGrowth(Map.of(KeyIdHash.PLAIN, 10L), Map.of(), 0, null);
    CounterGrowth one =
        new CounterGrowth(Map.of(KeyIdHash.PLAIN, 10L, hash(2), 1L), Map.of(), 0, null);

    assertThat(PassVerdict.of(PassKind.PROOF, KeyIdHash.PLAIN, plain, TEN, false))
        .isEqualTo(PassVerdict.STANDS);
    assertThat(PassVerdict.of(PassKind.PROOF, KeyIdHash.PLAIN, one, TEN, false))
        .isEqualTo(PassVerdict.FOREIGN_READS);
  }

  @Test
  void asManyForeignReadsAsLooksAtExceptions_proofStands() {
    assertThat(proof(growth(9, 3), ONE_EXCEPTION)).isEqualTo(PassVerdict.STANDS);
  }

  @Test
  void oneForeignReadMoreThanLooksAtExceptions_proofIsVoid() {
    assertThat(proof(growth(9, 4), ONE_EXCEPTION)).isEqualTo(PassVerdict.FOREIGN_READS);
  }

  /** Its cache fails on that Secret, and is filled anew from the beginning each time. */
  @Test
  void anApiServerReadsAgainAndAgainForASecretThatItCannotDecrypt_proofOfTheOthersStands() {
    CounterGrowth again = new CounterGrowth(Map.of(hash(2), 9L, hash(1), 40L), Map.of(), 20, null);

    assertThat(PassVerdict.of(PassKind.PROOF, hash(2), again, ONE_EXCEPTION, true))
        .isEqualTo(PassVerdict.STANDS);
    assertThat(PassVerdict.of(PassKind.PROOF, hash(2), again, ONE_EXCEPTION, false))
        .as("a denial explains none of it")
        .isEqualTo(PassVerdict.FOREIGN_READS);
  }

  @Test
  void aSecretThatCannotBeDecryptedButNoReadThatFailed_foreignReadsVoidTheProofAllTheSame() {
    assertThat(PassVerdict.of(PassKind.PROOF, hash(2), growth(9, 4), ONE_EXCEPTION, true))
        .isEqualTo(PassVerdict.FOREIGN_READS);
  }

  @Test
  void foreignWrite_voidsWriteAndProof() {
    CounterGrowth growth = new CounterGrowth(Map.of(hash(2), 10L), Map.of(hash(1), 1L), 0, null);

    assertThat(proof(growth, TEN)).isEqualTo(PassVerdict.FOREIGN_WRITES);
    assertThat(PassVerdict.of(PassKind.WRITE, hash(2), growth, TEN, false))
        .isEqualTo(PassVerdict.FOREIGN_WRITES);
  }

  @Test
  void plainWrite_voidsWriteAndProof() {
    CounterGrowth growth =
        new CounterGrowth(Map.of(hash(2), 10L), Map.of(KeyIdHash.PLAIN, 1L), 0, null);

    assertThat(proof(growth, TEN)).isEqualTo(PassVerdict.FOREIGN_WRITES);
    assertThat(PassVerdict.of(PassKind.WRITE, hash(2), growth, TEN, false))
        .isEqualTo(PassVerdict.FOREIGN_WRITES);
  }

  @Test
  void writesOfTheTarget_voidNothing() {
    CounterGrowth growth = new CounterGrowth(Map.of(hash(2), 10L), Map.of(hash(2), 5L), 0, null);

    assertThat(proof(growth, TEN)).isEqualTo(PassVerdict.STANDS);
  }

  @Test
  void replicaRestarted_voidsProofAndCensus() {
    CounterGrowth growth = gap(Gap.REPLICA_RESTARTED);

    assertThat(proof(growth, TEN)).isEqualTo(PassVerdict.REPLICA_RESTARTED);
    assertThat(PassVerdict.of(PassKind.COUNT, hash(2), growth, TEN, false))
        .isEqualTo(PassVerdict.REPLICA_RESTARTED);
  }

  @Test
  void replicaMissed_voidsProofAndCensus() {
    CounterGrowth growth = gap(Gap.REPLICA_MISSED);

    assertThat(proof(growth, TEN)).isEqualTo(PassVerdict.REPLICA_MISSED);
    assertThat(PassVerdict.of(PassKind.COUNT, null, growth, TEN, false))
        .isEqualTo(PassVerdict.REPLICA_MISSED);
  }

  @Test
  void replicaRestarted_writePassStandsSinceTheProofFindsWhatItLeaves() {
    assertThat(PassVerdict.of(PassKind.WRITE, hash(2), gap(Gap.REPLICA_RESTARTED), TEN, false))
        .isEqualTo(PassVerdict.STANDS);
  }

  @Test
  void foreignReads_areWhatACensusCounts() {
    assertThat(PassVerdict.of(PassKind.COUNT, null, growth(1, 9), TEN, false))
        .isEqualTo(PassVerdict.STANDS);
  }

  private static PassVerdict proof(CounterGrowth growth, Tally tally) {
    return PassVerdict.of(PassKind.PROOF, hash(2), growth, tally, false);
  }

  private static CounterGrowth growth(long target, long foreign) {
    Map<KeyIdHash, Long> reads = Map.of(hash(2), target, hash(1), foreign);
    return new CounterGrowth(reads, Map.of(), 0, null);
  }

  private static CounterGrowth gap(Gap gap) {
    return new CounterGrowth(Map.of(hash(2), 10L), Map.of(), 0, gap);
  }
}
