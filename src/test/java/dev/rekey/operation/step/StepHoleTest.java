package dev.rekey.operation.step;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.ETAG;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.ORIGIN;
import static dev.rekey.operation.Example.clusterOn;
import static dev.rekey.operation.Example.facts;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.key;
import static dev.rekey.operation.Example.ledger;
import static dev.rekey.operation.Example.ledgerProvedOn;
import static dev.rekey.operation.Example.operation;
import static dev.rekey.operation.Example.rotation;
import static dev.rekey.operation.Example.update;
import static dev.rekey.operation.Example.updatedRotation;
import static dev.rekey.operation.Example.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.Ledger;
import dev.rekey.key.ProvedOn;
import dev.rekey.operation.Decision;
import dev.rekey.operation.Effect;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Progress;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Route;
import dev.rekey.operation.StepName;
import dev.rekey.reencryption.ExceptionCounts;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.Limits;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.Passes;
import dev.rekey.reencryption.Samples;
import dev.rekey.reencryption.Shard;
import dev.rekey.reencryption.Tally;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Decisions that break a promise of the design. */
class StepHoleTest {
  private final PassRounds rounds = new PassRounds(Limits.FLEET);
  private final RewriteStep write = new RewriteStep(StepName.WRITE, PassKind.WRITE, rounds);
  private final RewriteStep prove = new RewriteStep(StepName.PROVE, PassKind.PROOF, rounds);

  /** S1: work of an old epoch never counts. */
  @Test
  void whatWasProvedBeforeTheLastUpdateWasSent_doesNotCountWhateverAClockSays() {
    Progress proved =
        Progress.START
            .with(Passes.of("write", PassKind.WRITE, hash(2)).begunAt(NOW.plusSeconds(60)).clean())
            .with(Passes.of("prove", PassKind.PROOF, hash(2)).begunAt(NOW.plusSeconds(61)).clean());

    Progress intended = proved.intending(update(2));

    assertThat(write.decide(facts(operation(Kind.ROTATE).with(intended)).with(clusterOn(2))))
        .isNotInstanceOf(Decision.Done.class);
    assertThat(prove.decide(facts(operation(Kind.ROTATE).with(intended)).with(clusterOn(2))))
        .isNotInstanceOf(Decision.Done.class);
  }

  /** S3: a shard whose row isn't there has not done its work. */
  @Test
  void fewerShardsStoredThanThePassHas_isNotTheEndOfThePass() {
    Pass running = Passes.of("prove", PassKind.PROOF, hash(2)).running();

    Decision decision =
        prove.decide(
            facts(updatedRotation(update(1), running))
                .with(clusterOn(2))
                .withShards(List.<Shard>of()));

    assertThat(decision)
        .isNotEqualTo(new Decision.Act(new Effect.EndPass(running.id()), Reason.CLOSING_PASS));
  }

  /**
   * Section 1: a failed update may still have moved the write key; ours must not go on top of
   * someone else's.
   */
  @Test
  void clusterThatSomeoneElsesUpdateLeftFailed_isNotUpdated() {
    Facts facts = facts(rotation(), ledgerProvedOn(1, ETAG)).with(clusterOn(1, ETAG, "Failed"));

    assertThat(UpdateCluster.on().decide(facts)).isNotInstanceOf(Decision.Act.class);
  }

  /** `az aks operation-abort` leaves Canceled, which no one moves on from. */
  @Test
  void clusterWhoseUpdateWasCanceled_isNotWaitedForForEver() {
    Facts facts =
        facts(operation(Kind.ROTATE))
            .with(clusterOn(1, ETAG, "Canceled"))
            .withVersions(List.of(version(1), version(2)));

    assertThat(new Check().decide(facts)).isNotInstanceOf(Decision.Wait.class);
  }

  /** P1: "resumes by itself if the reason has gone"; only another look at the Secrets can tell. */
  @Test
  void exceptionsStalledAnHourAgo_areLookedAtAgain() {
    Pass write =
        Passes.of("prove-current", PassKind.WRITE, hash(1))
            .begunAt(NOW.minus(Duration.ofHours(3)))
            .clean();
    Pass proof =
        Passes.of("prove-current", PassKind.PROOF, hash(1))
            .begunAt(NOW.minus(Duration.ofHours(2)))
            .withException(ExceptionReason.UNREACHABLE);

    Decision decision =
        new ProveCurrent(rounds).decide(facts(rotation(write, proof)).with(clusterOn(1)));

    assertThat(decision).isInstanceOf(Decision.Act.class);
  }

  /**
   * The one for three voided rounds never looks again either, so that a passing disturbance is for
   * ever.
   */
  @Test
  void roundsInterruptedMoreThanAnHourAgo_areBegunAgain() {
    Pass[] passes = new Pass[3];
    for (int round = 1; round <= 3; round++) {
      passes[round - 1] =
          Passes.of("prove", PassKind.PROOF, hash(2))
              .round(round)
              .begunAt(NOW.minus(Duration.ofHours(2)))
              .interrupted();
    }

    Decision decision = prove.decide(facts(updatedRotation(update(1), passes)).with(clusterOn(2)));

    assertThat(decision).isInstanceOf(Decision.Act.class);
  }

  /**
   * K2, as soon as an operation can be cancelled: the census after a failed update allows N+1 too,
   * so what it proves is good for that one target only. Another target could drop N while Secrets
   * lie under it.
   */
  @Test
  void proofMadeAfterAnUpdateToAnotherVersionMayHaveBeenSent_doesNotServeThisTarget() {
    Ledger ledger =
        ledger()
            .mayBeInSlot(key(2), NOW.minusSeconds(600), "cancelled")
            .proved(
                new ProvedOn(hash(1), key(1), ETAG, NOW.minusSeconds(300), "cancelled", hash(2)));
    Operation other =
        new Operation(
            "20260301-2",
            Kind.ROTATE,
            CLUSTER,
            ORIGIN,
            Route.of(key(1), key(3)),
            NOW,
            Progress.START.withChecked());

    Decision decision = new ProveCurrent(rounds).decide(facts(other, ledger).with(clusterOn(1)));

    assertThat(decision).isNotInstanceOf(Decision.Done.class);
  }

  /**
   * K2 and rule 4 of ProveCurrent: ARM's answers can lag. One that still shows the ETag of an
   * earlier proof lets an update be sent in the middle of a pass; the next one shows that its key
   * has not moved. Replicas may be on either key then.
   */
  @Test
  void updateMayHaveOvertakenAWritePass_thePassIsLeftForACensus() {
    Passes write = Passes.of("prove-current", PassKind.WRITE, hash(1));
    for (Pass overtaken : List.of(write.listed(), write.running(), write.clean())) {
      Decision decision =
          new ProveCurrent(rounds)
              .decide(facts(updatedRotation(update(1), overtaken)).with(clusterOn(1)));

      assertThat(decision)
          .isInstanceOfSatisfying(
              Decision.Act.class,
              act ->
                  assertThat(((Effect.ListSecrets) act.effect()).pass().kind())
                      .isEqualTo(PassKind.COUNT));
    }
  }

  /** T1: a Secret that nobody could read is no sign of a third key. */
  @Test
  void onlyUnreadExceptionsAfterAnUpdate_areNotCalledAForeignKey() {
    Pass census =
        Passes.of("prove-current", PassKind.COUNT, hash(1))
            .withException(ExceptionReason.UNREACHABLE);

    Decision decision =
        new ProveCurrent(rounds)
            .decide(facts(updatedRotation(update(1), census)).with(clusterOn(1)));

    assertThat(decision).isEqualTo(new Decision.Stall(Reason.UNPROVED_EXCEPTIONS, "exceptions: 1"));
  }

  /** T1: neither is one whose value nobody can decrypt; the servers count that as a failed read. */
  @Test
  void undecryptableSecretAfterAnUpdate_isNotCalledAForeignKey() {
    Pass census =
        Passes.of("prove-current", PassKind.COUNT, hash(1))
            .ended(
                new Samples[] {
                  Samples.of("a").reads(hash(1), 109).failedReads(3),
                  Samples.of("b").reads(hash(1), 100)
                },
                new Tally(10, 0, 9, 0, 1, 9, 3),
                ExceptionCounts.of(Samples.exceptions(ExceptionReason.UNDECRYPTABLE, 1)));

    Decision decision =
        new ProveCurrent(rounds)
            .decide(facts(updatedRotation(update(1), census)).with(clusterOn(1)));

    assertThat(decision).isEqualTo(new Decision.Stall(Reason.UNPROVED_EXCEPTIONS, "exceptions: 1"));
  }
}
