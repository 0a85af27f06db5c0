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
}
