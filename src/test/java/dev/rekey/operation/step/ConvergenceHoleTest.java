package dev.rekey.operation.step;

import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.clusterOn;
import static dev.rekey.operation.Example.facts;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.rotation;
import static dev.rekey.operation.Example.update;
import static dev.rekey.operation.Example.updatedRotation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Decision;
import dev.rekey.operation.Effect;
import dev.rekey.operation.Findings;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Reason;
import dev.rekey.operation.StepName;
import dev.rekey.reencryption.Estimate;
import dev.rekey.reencryption.ExceptionCounts;
import dev.rekey.reencryption.Limits;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.Passes;
import dev.rekey.reencryption.Samples;
import dev.rekey.reencryption.Scrape;
import dev.rekey.reencryption.Tally;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Promise S1: nothing counts before every replica writes the target. */
class ConvergenceHoleTest {
  private final PassRounds rounds = new PassRounds(Limits.FLEET);
  private final Steps steps = new Steps(rounds);
  private final Scrape both = Samples.scrape(NOW, Samples.of("a"), Samples.of("b"));

  /** A Secret written in between through a lagging replica is on no list, so no one looks at it. */
  @Test
  void censusListedBeforeReplicasWereShownToWriteTarget_isNotBegunOnThatList() {
    Pass lagged = Passes.of("prove-current", PassKind.COUNT, hash(1)).listed();
    Pass shown =
        lagged.shown(
            List.of(
                Samples.shown("a", hash(1), Passes.BEGUN.plusSeconds(60)),
                Samples.shown("b", hash(1), Passes.BEGUN.plusSeconds(60))),
            Passes.BEGUN.plusSeconds(60));

    Decision decision =
        steps.proveCurrent.decide(facts(rotation(shown)).with(clusterOn(1)).with(both));

    assertThat(decision).isNotEqualTo(begins(shown));
  }

  @Test
  void proofListedBeforeReplicasWereShownToWriteTarget_isNotBegunOnThatList() {
    Pass write = Passes.of("write", PassKind.WRITE, hash(2)).clean();
    Pass lagged = Passes.of("prove", PassKind.PROOF, hash(2)).listed();
    Pass shown =
        lagged.shown(
            List.of(
                Samples.shown("a", hash(2), Passes.BEGUN.plusSeconds(60)),
                Samples.shown("b", hash(2), Passes.BEGUN.plusSeconds(60))),
            Passes.BEGUN.plusSeconds(60));

    Decision decision =
        steps.prove.decide(
            facts(updatedRotation(update(1), write, shown)).with(clusterOn(2)).with(both));

    assertThat(decision).isNotEqualTo(begins(shown));
  }

  @Test
  void replicaThatRestartedSinceItShowedItsWriteKey_mustShowItAgain() {
    Pass shown = Passes.of("prove", PassKind.PROOF, hash(2)).shown();
    Scrape restarted =
        Samples.scrape(
            NOW, Samples.of("a"), Samples.of("b").startedAt(Passes.SHOWN.plusSeconds(60)));

    Decision decision =
        steps.prove.decide(
            facts(updatedRotation(update(1), shown)).with(clusterOn(2)).with(restarted));

    assertThat(decision).isNotEqualTo(begins(shown));
  }

  @Test
  void proofWithLiveReplicaThatNeverShowedItsWriteKey_doesNotStand() {
    Pass pass =
        Passes.of("prove", PassKind.PROOF, hash(2))
            .shown()
            .running(threeReplicas(100))
            .ended(threeReplicas(110), Samples.allCurrent(10), ExceptionCounts.NONE);

    assertThat(pass.stands()).isFalse();
  }

  private static Scrape threeReplicas(long reads) {
    return Samples.scrape(
        Passes.BEGUN.plusSeconds(reads),
        Samples.of("a").reads(hash(2), reads),
        Samples.of("b").reads(hash(2), reads),
        Samples.of("joined-late").reads(hash(2), reads));
  }

  /** AKS replaces its API servers while it updates: the old one will never show another key. */
  @Test
  void replicaThatShowedTheOldKeyAndIsGone_doesNotHoldThePassUpForEver() {
    Pass shown = Passes.of("write", PassKind.WRITE, hash(2)).shown();
    Pass withGone =
        shown.shown(List.of(Samples.shown("gone", hash(1), Passes.SHOWN)), Passes.SHOWN);

    Operation rotation = updatedRotation(update(1), withGone);
    Estimate made = new Estimate(Passes.SHOWN, 1, 1, 1, 100);
    Operation estimated = rotation.with(rotation.progress().with(Findings.NONE.with(made)));
    Decision decision = steps.write.decide(facts(estimated).with(clusterOn(2)).with(both));

    assertThat(decision).isEqualTo(begins(withGone));
  }

  /** A Secret that was written under a third key during the census was looked at before that. */
  @Test
  void censusDuringWhichAnotherKeyWasWritten_provesNothing() {
    Pass census =
        Passes.of("prove-current", PassKind.COUNT, hash(1))
            .ended(
                new Samples[] {
                  Samples.of("a").reads(hash(1), 105),
                  Samples.of("b").reads(hash(1), 105).writes(hash(0), 1)
                },
                Samples.allCurrent(10),
                ExceptionCounts.NONE);

    Decision decision = steps.proveCurrent.decide(facts(rotation(census)).with(clusterOn(1)));

    assertThat(decision).matches(other -> !provesCurrent(other), "not noted as proved");
  }

  @Test
  void censusAfterAnUpdateMayHaveBeenSentDuringWhichAThirdKeyWasWritten_provesNothing() {
    Pass census =
        Passes.of("prove-current", PassKind.COUNT, hash(1))
            .ended(
                new Samples[] {
                  Samples.of("a").reads(hash(1), 105),
                  Samples.of("b").reads(hash(1), 105).writes(hash(0), 1)
                },
                Samples.allCurrent(10),
                ExceptionCounts.NONE);

    Decision decision =
        steps.proveCurrent.decide(facts(updatedRotation(update(1), census)).with(clusterOn(1)));

    assertThat(decision).matches(other -> !provesCurrent(other), "not noted as proved");
  }

  /** Looks that never happened read nothing, so nothing foreign shows. */
  @Test
  void censusWithSecretsThatNobodyLookedAt_provesNothing() {
    Pass census =
        Passes.of("prove-current", PassKind.COUNT, hash(1))
            .ended(
                new Samples[] {
                  Samples.of("a").reads(hash(1), 100), Samples.of("b").reads(hash(1), 100)
                },
                Tally.discovered(10),
                ExceptionCounts.NONE);

    Decision decision = steps.proveCurrent.decide(facts(rotation(census)).with(clusterOn(1)));

    assertThat(decision).matches(other -> !provesCurrent(other), "not noted as proved");
  }

  private static boolean provesCurrent(Decision decision) {
    return decision instanceof Decision.Act act && act.effect() instanceof Effect.NoteProved;
  }

  private static Decision begins(Pass pass) {
    return new Decision.Act(new Effect.BeginPass(pass.id()), Reason.SCRAPING);
  }

  /** The steps that rounds serve. */
  private record Steps(ProveCurrent proveCurrent, RewriteStep write, RewriteStep prove) {
    Steps(PassRounds rounds) {
      this(
          new ProveCurrent(rounds),
          new RewriteStep(StepName.WRITE, PassKind.WRITE, rounds),
          new RewriteStep(StepName.PROVE, PassKind.PROOF, rounds));
    }
  }
}
