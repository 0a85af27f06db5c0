package dev.rekey.reencryption;

import static dev.rekey.operation.Example.hash;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PassTest {
  private static final ExceptionCounts DENIED =
      ExceptionCounts.of(Samples.exceptions(ExceptionReason.DENIED_BY_POLICY, 1));

  private final Passes proof = Passes.of("prove", PassKind.PROOF, hash(2));

  @Test
  void exceptionWasReadAndNothingForeignWas_isProvedAllTheSame() {
    for (ExceptionReason reason : ExceptionReason.values()) {
      Pass pass = proof.withException(reason);

      assertThat(pass.provesExceptions()).as("%s", reason).isEqualTo(reason.wasRead());
    }
  }

  @Test
  void somethingForeignWasRead_noExceptionIsProved() {
    Tally tally = new Tally(10, 0, 9, 0, 1, 9, 1);
    Pass pass =
        proof.ended(
            new Samples[] {
              Samples.of("a").reads(hash(2), 110).reads(hash(1), 1),
              Samples.of("b").reads(hash(2), 100)
            },
            tally,
            DENIED);

    assertThat(pass.stands()).isTrue();
    assertThat(pass.provesExceptions()).isFalse();
  }

  /** Then the denied Secret is the one that no API server has read. */
  @Test
  void fewerReadsThanLooksAndExceptions_noExceptionIsProved() {
    Tally tally = new Tally(10, 0, 9, 0, 1, 9, 1);
    Samples[] nine = {Samples.of("a").reads(hash(2), 105), Samples.of("b").reads(hash(2), 104)};

    Pass pass = proof.ended(nine, tally, DENIED);

    assertThat(pass.stands()).isTrue();
    assertThat(pass.provesExceptions()).isFalse();
  }

  @Test
  void voidPass_provesNoException() {
    Tally tally = new Tally(10, 0, 9, 0, 1, 9, 1);
    Pass pass = proof.ended(new Samples[] {Samples.of("a").reads(hash(2), 109)}, tally, DENIED);

    assertThat(pass.stands()).isFalse();
    assertThat(pass.provesExceptions()).isFalse();
  }

  @Test
  void undecryptableSecret_isNeverProved() {
    assertThat(proof.withException(ExceptionReason.UNDECRYPTABLE).provesExceptions()).isFalse();
  }

  @Test
  void laterProbeOfAReplica_takesThePlaceOfTheEarlier() {
    Pass pass =
        proof
            .listed()
            .shown(List.of(Samples.shown("a", hash(1), Passes.BEGUN)), Passes.BEGUN)
            .shown(List.of(Samples.shown("a", hash(2), Passes.BEGUN)), Passes.BEGUN);

    assertThat(pass.shown()).hasSize(1);
    assertThat(pass.allWriteTarget(Set.of("a"))).isTrue();
    assertThat(pass.lookedForWriteKeys().count()).isEqualTo(2);
  }

  @Test
  void liveReplicaNotShown_notAllWriteTheTarget() {
    assertThat(proof.shown().allWriteTarget(Set.of("a", "b", "c"))).isFalse();
    assertThat(proof.shown().allWriteTarget(Set.of("a", "b"))).isTrue();
  }

  /**
   * An API server that had lagged once: every later round was void for what the server had written
   * before.
   */
  @Test
  void aServerWroteWithAnotherKeySinceItWasShown_mustBeShownAnew() {
    Scrape calm = Samples.scrape(Passes.BEGUN, Samples.of("a"), Samples.of("b"));
    Scrape lagged =
        Samples.scrape(Passes.BEGUN, Samples.of("a"), Samples.of("b").writes(hash(1), 3));

    assertThat(proof.shown().allWriteTarget(calm)).isTrue();
    assertThat(proof.shown().allWriteTarget(lagged)).isFalse();
  }

  /** A clock that goes back after the list doesn't make a list of before one of after. */
  @Test
  void shownAfterTheListByAClockThatHasGoneBack_isNotShownBeforeIt() {
    Instant back = Passes.BEGUN.minusSeconds(3_600);
    Pass pass =
        proof
            .listed()
            .shown(
                List.of(Samples.shown("a", hash(2), back), Samples.shown("b", hash(2), back)),
                back);

    assertThat(pass.wasListedAfterShown(Set.of("a", "b"))).isFalse();
    assertThat(pass.afterShown(back)).isAfter(Passes.BEGUN);
    assertThat(pass.lookedForWriteKeys().last()).isEqualTo(back);
  }

  @Test
  void withoutASecret_itsGrowthCountsFromTheScrapeThatItsListBeganAfter() {
    Scrape seen = Samples.scrape(Passes.BEGUN, Samples.of("a"), Samples.of("b"));
    Samples writer = Samples.of("b").writes(hash(1), 1);
    Scrape later = Samples.scrape(Passes.BEGUN.plusSeconds(5), Samples.of("a"), writer);
    Pass none = proof.begun().listedAfter(seen).listed(0, 0).running(later);
    Pass ten = proof.begun().listedAfter(seen).listed(1, 10).running(later);

    Pass ended = none.ended(later, Tally.discovered(0), ExceptionCounts.NONE);

    assertThat(ended.verdict()).isEqualTo(PassVerdict.FOREIGN_WRITES);
    assertThat(ten.before()).isEqualTo(later);
  }

  @Test
  void whatTheServersDoAfterItsEnd_isItsGrowthUntilThen() {
    Samples wrote = Samples.of("a").reads(hash(2), 107).writes(hash(1), 3);
    Scrape later = Samples.scrape(Samples.NOW, wrote, Samples.of("b").reads(hash(2), 104));

    CounterGrowth growth = proof.clean().growthUntil(later).orElseThrow();

    assertThat(growth.reads()).containsExactly(Map.entry(hash(2), 1L));
    assertThat(growth.writes()).containsExactly(Map.entry(hash(1), 3L));
    assertThat(proof.running().growthUntil(later)).isEmpty();
  }

  @Test
  void targetUnknownAndAllWriteWithOneKey_thatKeyBecomesTheTarget() {
    Pass open =
        Passes.of("write", PassKind.WRITE, null)
            .listed()
            .shown(
                List.of(
                    Samples.shown("a", hash(7), Passes.BEGUN),
                    Samples.shown("b", hash(7), Passes.BEGUN)),
                Passes.BEGUN);

    Pass running = open.running(Samples.scrape(Passes.BEGUN, Samples.of("a"), Samples.of("b")));

    assertThat(open.allWriteTarget(Set.of("a", "b"))).isTrue();
    assertThat(running.target()).isEqualTo(hash(7));
  }

  @Test
  void targetUnknownAndReplicasWriteWithTwoKeys_notAllWriteTheTarget() {
    Pass open =
        Passes.of("write", PassKind.WRITE, null)
            .listed()
            .shown(
                List.of(
                    Samples.shown("a", hash(7), Passes.BEGUN),
                    Samples.shown("b", hash(8), Passes.BEGUN)),
                Passes.BEGUN);

    assertThat(open.allWriteTarget(Set.of("a", "b"))).isFalse();
  }

  @Test
  void pass_hasNoGrowthBeforeItsEnd() {
    assertThat(proof.running().growth()).isEmpty();
    assertThat(proof.clean().growth()).isPresent();
  }
}
