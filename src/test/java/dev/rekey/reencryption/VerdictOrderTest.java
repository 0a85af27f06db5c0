package dev.rekey.reencryption;

import static dev.rekey.operation.Example.hash;
import static dev.rekey.reencryption.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What voids a pass before its counters are compared. */
class VerdictOrderTest {
  private final Passes proofs = Passes.of("prove", PassKind.PROOF, hash(2));
  private final Passes counts = Passes.of("count", PassKind.COUNT, hash(2));

  @Test
  void secretThatRemains_isIncomplete() {
    assertThat(verdict(proofs.running(), Tally.discovered(10).plus(Fate.CURRENT, 1)))
        .isEqualTo(PassVerdict.INCOMPLETE);
  }

  @Test
  void fewerInTheShardsThanWereListed_isIncomplete() {
    assertThat(verdict(proofs.running(), Samples.allCurrent(9))).isEqualTo(PassVerdict.INCOMPLETE);
  }

  @Test
  void noFirstScrape_isAMissedReplica() {
    assertThat(verdict(proofs.shown(), Samples.allCurrent(10)))
        .isEqualTo(PassVerdict.REPLICA_MISSED);
  }

  @Test
  void proofWhoseWriterRestartedBeforeTheFirstScrape_wasNotShown() {
    Pass pass = proofs.shown().running(restarted(100));

    assertThat(PassVerdict.of(pass, restarted(105), Samples.allCurrent(10), false))
        .isEqualTo(PassVerdict.WRITER_NOT_SHOWN);
  }

  @Test
  void countThatShowedItsWriters_isHeldToThem() {
    Pass pass = counts.shown().running(restarted(100));

    assertThat(PassVerdict.of(pass, restarted(105), Samples.allCurrent(10), false))
        .isEqualTo(PassVerdict.WRITER_NOT_SHOWN);
  }

  @Test
  void countThatShowedNoWriters_standsWithoutThem() {
    Pass pass = counts.listed().running(restarted(100));

    assertThat(PassVerdict.of(pass, restarted(105), Samples.allCurrent(10), false))
        .isEqualTo(PassVerdict.STANDS);
  }

  @Test
  void writePassWhoseWriterRestarted_standsSinceTheProofWillTell() {
    Pass pass = Passes.of("write", PassKind.WRITE, hash(2)).shown().running(restarted(100));

    assertThat(PassVerdict.of(pass, restarted(105), Samples.allCurrent(10), false))
        .isEqualTo(PassVerdict.STANDS);
  }

  @Test
  void noSecretAtAll_needsNoWriter() {
    Pass pass = proofs.begun().listed(0, 0).running(restarted(100));

    assertThat(PassVerdict.of(pass, restarted(100), Tally.NONE, false))
        .isEqualTo(PassVerdict.STANDS);
  }

  @Test
  void writerWroteElseBetweenTheShowingAndTheFirstScrape_isAForeignWrite() {
    Pass pass = proofs.shown().running(wroteElse(100));

    assertThat(PassVerdict.of(pass, wroteElse(105), Samples.allCurrent(10), false))
        .isEqualTo(PassVerdict.FOREIGN_WRITES);
  }

  @Test
  void countWhoseShownWriterWroteElse_isVoidAndOneWithoutWritersIsNot() {
    Pass shown = counts.shown().running(wroteElse(100));
    Pass silent = counts.listed().running(wroteElse(100));

    assertThat(PassVerdict.of(shown, wroteElse(105), Samples.allCurrent(10), false))
        .isEqualTo(PassVerdict.FOREIGN_WRITES);
    assertThat(PassVerdict.of(silent, wroteElse(105), Samples.allCurrent(10), false))
        .isEqualTo(PassVerdict.STANDS);
  }

  @Test
  void noSecretAtAll_whateverWasWrittenBeforeTheFirstScrapeDoesNotMatter() {
    Pass pass = proofs.begun().listed(0, 0).following(proofs.shown()).running(wroteElse(100));

    assertThat(PassVerdict.of(pass, wroteElse(100), Tally.NONE, false))
        .isEqualTo(PassVerdict.STANDS);
  }

  @Test
  void undecryptableSecretIsAloneInAPass_theServerReadsAgainAndAgain() {
    assertThat(withFailedReads(ExceptionReason.UNDECRYPTABLE).verdict())
        .isEqualTo(PassVerdict.STANDS);
    assertThat(withFailedReads(ExceptionReason.NAMESPACE_UNLISTABLE).verdict())
        .isEqualTo(PassVerdict.STANDS);
    assertThat(withFailedReads(ExceptionReason.FORBIDDEN).verdict())
        .isEqualTo(PassVerdict.FOREIGN_READS);
  }

  /** What lies under the key that such a server writes with stays unmoved through it. */
  @Test
  void undecryptableSecretAndAServerWithAnotherConfiguration_looksAloneProveNothing() {
    assertThat(withFailedReads(ExceptionReason.UNDECRYPTABLE, "sha256:one", "sha256:one").verdict())
        .isEqualTo(PassVerdict.STANDS);
    assertThat(withFailedReads(ExceptionReason.UNDECRYPTABLE, "sha256:one", "sha256:two").verdict())
        .isEqualTo(PassVerdict.FOREIGN_READS);
  }

  private Pass withFailedReads(ExceptionReason reason) {
    return withFailedReads(reason, null, null);
  }

  private Pass withFailedReads(
      ExceptionReason reason, @Nullable String loadedByA, @Nullable String loadedByB) {
    return proofs.ended(
        new Samples[] {
          Samples.of("a").reads(hash(2), 109).failedReads(50).loaded(loadedByA),
          Samples.of("b").reads(hash(2), 100).loaded(loadedByB)
        },
        new Tally(10, 0, 9, 0, 1, 9, 1),
        ExceptionCounts.of(Samples.exceptions(reason, 1)));
  }

  private static PassVerdict verdict(Pass pass, Tally tally) {
    return PassVerdict.of(pass, wrote(105), tally, false);
  }

  private static Scrape wrote(long reads) {
    return Samples.scrape(
        NOW, Samples.of("a").reads(hash(2), reads), Samples.of("b").reads(hash(2), reads));
  }

  private static Scrape wroteElse(long reads) {
    return Samples.scrape(
        NOW,
        Samples.of("a").reads(hash(2), reads).writes(hash(1), 1),
        Samples.of("b").reads(hash(2), reads));
  }

  private static Scrape restarted(long reads) {
    return Samples.scrape(
        NOW,
        Samples.of("a").reads(hash(2), reads),
        Samples.of("b").reads(hash(2), reads).startedAt(Passes.SHOWN.plusSeconds(1)));
  }

  @Test
  void shownAndNotShownReplicas_areToldApart() {
    Writers writers =
        Writers.UNKNOWN.with(
            List.of(Samples.shown("a", hash(2), Passes.SHOWN)), Passes.SHOWN, Instant.MIN);

    assertThat(writers.areStill(wrote(1))).isFalse();
    assertThat(writers.areStill(Samples.scrape(NOW, Samples.of("a")))).isTrue();
    assertThat(writers.anyWroteElse(wrote(1))).isFalse();
    assertThat(writers.anyWroteElse(wroteElse(1))).isTrue();
  }
}
