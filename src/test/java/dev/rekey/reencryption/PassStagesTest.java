package dev.rekey.reencryption;

import static dev.rekey.operation.Example.hash;
import static dev.rekey.reencryption.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How a pass moves on, and what it keeps. */
class PassStagesTest {
  private final Passes proofs = Passes.of("prove", PassKind.PROOF, hash(2));

  @Test
  void listedAnew_keepsWhatWasShownAndForgetsTheList() {
    Pass shown = proofs.shown().over(Scope.within("team").with(new Extent(List.of(), "m")));

    Pass anew = shown.listedAnew("other", "\"e2\"", NOW);

    assertThat(anew.id()).isEqualTo("other");
    assertThat(anew.etag()).isEqualTo("\"e2\"");
    assertThat(anew.startedAt()).isEqualTo(NOW);
    assertThat(anew.stage()).isEqualTo(Pass.Stage.LISTING);
    assertThat(anew.discovered()).isZero();
    assertThat(anew.shards()).isZero();
    assertThat(anew.scope()).isEqualTo(Scope.within("team"));
    assertThat(anew.shown()).isEqualTo(shown.shown());
  }

  @Test
  void listThatMustComeAfterAllThatWasShown_beginsAtLeastANanosecondLater() {
    Pass now = proofs.listed().shown(List.of(Samples.shown("a", hash(2), NOW)), NOW);
    Pass ahead = now.shown(List.of(Samples.shown("b", hash(2), NOW.plusSeconds(2))), NOW);

    assertThat(proofs.shown().afterShown(NOW)).isEqualTo(NOW);
    assertThat(now.afterShown(NOW)).isEqualTo(NOW.plusNanos(1));
    assertThat(ahead.afterShown(NOW)).isEqualTo(NOW.plusSeconds(2).plusNanos(1));
  }

  @Test
  void following_carriesWhatWasShownButNotTheTries() {
    Pass following = proofs.begun().following(proofs.shown());

    assertThat(following.shown()).isEqualTo(proofs.shown().shown());
    assertThat(following.lookedForWriteKeys()).isEqualTo(new Writers.Attempts(0, null));
    assertThat(proofs.shown().lookedForWriteKeys())
        .isEqualTo(new Writers.Attempts(1, Passes.SHOWN));
  }

  @Test
  void overExceptions_namesTheOperation() {
    Pass retry = Pass.begun("p", "write", PassKind.WRITE, null, null, "o", NOW);

    assertThat(retry.exceptionsOf()).isEqualTo("o");
    assertThat(proofs.begun().exceptionsOf()).isNull();
  }

  @Test
  void passThatHasNotEnded_knowsWhatItListedAndNothingElse() {
    assertThat(proofs.running().hasEnded()).isFalse();
    assertThat(proofs.running().tally()).isEqualTo(Tally.discovered(10));
    assertThat(proofs.running().exceptions()).isEqualTo(ExceptionCounts.NONE);
    assertThat(proofs.running().growth()).isEmpty();
    assertThat(proofs.running().isBorneOutByCounters()).isFalse();
    assertThat(proofs.clean().hasEnded()).isTrue();
    assertThat(proofs.clean().tally()).isEqualTo(Samples.allCurrent(10));
  }

  @Test
  void targetUnknown_isWhatAllWereShownToWriteWithOnceItRuns() {
    Pass shown =
        Pass.begun("p", "prove", PassKind.PROOF, null, null, NOW)
            .listed(1, 10)
            .following(proofs.shown());
    Scrape both = Samples.scrape(NOW, Samples.of("a"), Samples.of("b"));

    assertThat(shown.allWriteTarget(Set.of("a", "b"))).isTrue();
    assertThat(shown.running(both).target()).isEqualTo(hash(2));
    assertThat(shown.running(Samples.scrape(NOW, Samples.of("c"))).target()).isNull();
  }

  @Test
  void replicasWriteWithAnotherKeyThanTheTarget_isNotTheTarget() {
    Pass other = Passes.of("prove", PassKind.PROOF, hash(1)).listed().following(proofs.shown());

    assertThat(other.allWriteTarget(Set.of("a", "b"))).isFalse();
    assertThat(proofs.shown().allWriteTarget(Set.of("a", "b"))).isTrue();
    assertThat(proofs.shown().allWriteTarget(Set.of("a", "c"))).isFalse();
  }

  @Test
  void listCountsOnlyIfItBeganAfterTheShowing() {
    assertThat(proofs.shown().wasListedAfterShown(Set.of("a", "b"))).isTrue();
    Pass late = proofs.listed().shown(List.of(Samples.shown("a", hash(2), NOW)), NOW);
    assertThat(late.wasListedAfterShown(Set.of("a"))).isFalse();
    assertThat(late.wasListedAfterShown(Set.of("b"))).isTrue();
  }

  @Test
  void asManyForeignReadsAsLooksAtExceptions_areBorneOut_oneMoreIsNot() {
    assertThat(foreign(1).isBorneOutByCounters()).isTrue();
    assertThat(foreign(2).isBorneOutByCounters()).isFalse();
    assertThat(foreign(0).provesExceptions()).isTrue();
    assertThat(foreign(1).provesExceptions()).isFalse();
  }

  private Pass foreign(long reads) {
    return proofs.ended(
        new Samples[] {
          Samples.of("a").reads(hash(2), 110).reads(hash(1), reads),
          Samples.of("b").reads(hash(2), 100)
        },
        new Tally(10, 0, 9, 0, 1, 9, 1),
        ExceptionCounts.of(Samples.exceptions(ExceptionReason.DENIED_BY_POLICY, 1)));
  }

  @Test
  void listBeganAfterTheseServersWereSeen_untilAnotherLookSaysOtherwise() {
    Scrape seen = Samples.scrape(NOW, Samples.of("a"), Samples.of("b"));
    Pass listed = proofs.begun().listedAfter(seen).listed(0, 0);

    assertThat(listed.wasListedAfter(seen)).isTrue();
    assertThat(proofs.listed().wasListedAfter(seen)).isFalse();
    assertThat(listed.shown(List.of(), NOW).wasListedAfter(seen)).isFalse();
    assertThat(listed.listedAnew("anew", null, NOW).wasListedAfter(seen)).isFalse();
  }

  @Test
  void onlyACountSendsDryRuns() {
    assertThat(PassKind.WRITE.mode()).isEqualTo(PatchMode.APPLY);
    assertThat(PassKind.PROOF.mode()).isEqualTo(PatchMode.APPLY);
    assertThat(PassKind.COUNT.mode()).isEqualTo(PatchMode.DRY_RUN);
  }
}
