package dev.rekey.reencryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/** Promise S3. */
class TallyTest {

  @Test
  void whateverBecomesOfSecrets_sumIsWhatWasDiscovered() {
    Tally tally = Tally.discovered(10);
    for (Fate fate : Fate.values()) {
      tally = tally.plus(fate, 1).plus(fate, 1);
    }

    assertThat(
            tally.rewritten()
                + tally.current()
                + tally.deleted()
                + tally.exceptions()
                + tally.remaining())
        .isEqualTo(tally.discovered());
    assertThat(tally.remaining()).isEqualTo(2);
  }

  @Test
  void looksAtExceptions_areCountedApart() {
    Tally tally = Tally.discovered(2).plus(Fate.CURRENT, 2).plus(Fate.EXCEPTION, 5);

    assertThat(tally.looks()).isEqualTo(2);
    assertThat(tally.exceptionLooks()).isEqualTo(5);
  }

  @Test
  void sumOfTwoShards_isEachMemberSum() {
    Tally one = new Tally(10, 1, 2, 3, 1, 5, 6);
    Tally other = new Tally(20, 2, 3, 4, 2, 7, 8);

    assertThat(one.plus(other)).isEqualTo(new Tally(30, 3, 5, 7, 3, 12, 14));
    assertThat(one.plus(Tally.NONE)).isEqualTo(one);
  }

  @Test
  void moreAccountedForThanDiscovered_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tally.discovered(1).plus(Fate.CURRENT, 1).plus(Fate.REWRITTEN, 1));
  }

  /**
   * The fault sweeps found an evidence with one exception and none by name: a namespace could not
   * be listed for a moment.
   */
  @Test
  void exceptionThatTheProofDoesNotFind_isNoneAnyMore() {
    Tally write = new Tally(7, 4, 1, 1, 1, 6, 0);
    Tally proof = new Tally(6, 0, 6, 0, 0, 6, 0);

    assertThat(write.settledBy(proof, 0)).isEqualTo(new Tally(7, 4, 2, 1, 0, 6, 0));
  }

  @Test
  void exceptionThatAProofRoundRewrote_isRewritten() {
    Tally write = new Tally(10, 5, 3, 0, 2, 8, 4);
    Tally proof = new Tally(10, 0, 9, 0, 1, 9, 2);

    assertThat(write.settledBy(proof, 0)).isEqualTo(new Tally(10, 5, 4, 0, 1, 8, 4));
    assertThat(write.settledBy(proof, 1)).isEqualTo(new Tally(10, 6, 3, 0, 1, 8, 4));
    assertThat(write.settledBy(proof, 7)).isEqualTo(new Tally(10, 6, 3, 0, 1, 8, 4));
  }

  @Test
  void proofThatFindsSecretsMoved_countsHowOften() {
    assertThat(new Tally(10, 0, 9, 0, 1, 12, 2).moves()).isEqualTo(3);
    assertThat(Samples.allCurrent(10).moves()).isZero();
    assertThat(new Tally(10, 0, 10, 0, 0, 9, 0).moves()).isZero();
  }

  @Test
  void exceptionThatOnlyTheProofFinds_isOne() {
    Tally write = new Tally(6, 6, 0, 0, 0, 6, 0);
    Tally proof = new Tally(6, 0, 4, 1, 1, 5, 3);

    assertThat(write.settledBy(proof, 0)).isEqualTo(new Tally(6, 4, 0, 1, 1, 6, 0));
  }

  @Test
  void asManyExceptionsInTheProof_nothingIsSettled() {
    Tally write = new Tally(6, 5, 0, 0, 1, 6, 3);

    assertThat(write.settledBy(new Tally(9, 0, 8, 0, 1, 8, 3), 2)).isEqualTo(write);
  }
}
