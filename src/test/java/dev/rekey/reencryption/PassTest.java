package dev.rekey.reencryption;

import static dev.rekey.operation.Example.hash;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
              Samples.of("a").reads(hash(2), 109).reads(hash(1), 1),
              Samples.of("b").reads(hash(2), 100)
            },
            tally,
            DENIED);

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

  @Test
  void aServerWroteWithAnotherKeyAfterThePassHadEnded_contradictsIt() {
    Samples target = Samples.of("a").writes(hash(2), 3);
    Samples other = Samples.of("a").writes(hash(1), 1);
    Samples plain = Samples.of("a").plain(0, 1);
    Samples restarted = Samples.of("a").writes(hash(1), 1).startedAt(Passes.BEGUN.plusSeconds(110));

    assertThat(proof.clean().isContradictedBy(later(target))).isFalse();
    assertThat(proof.clean().isContradictedBy(later(other))).isTrue();
    assertThat(proof.clean().isContradictedBy(later(plain))).isTrue();
    assertThat(proof.clean().isContradictedBy(later(restarted))).isTrue();
  }

  @Test
  void passHasNotEndedOrHasNoTarget_nothingContradictsIt() {
    Scrape later = later(Samples.of("a").writes(hash(1), 1));

    assertThat(proof.running().isContradictedBy(later)).isFalse();
    assertThat(Passes.of("count", PassKind.COUNT, null).listed().isContradictedBy(later)).isFalse();
  }

  private static Scrape later(Samples first) {
    return Samples.scrape(Samples.NOW, first, Samples.of("b"));
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
