package dev.rekey.operation;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.ETAG;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.ORIGIN;
import static dev.rekey.operation.Example.cluster;
import static dev.rekey.operation.Example.clusterOn;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.key;
import static dev.rekey.operation.Example.ledger;
import static dev.rekey.operation.Example.operation;
import static dev.rekey.operation.Example.reencryption;
import static dev.rekey.operation.Example.rotation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyIdHash;
import dev.rekey.operation.preflight.Verdict;
import dev.rekey.reencryption.Doubt;
import dev.rekey.reencryption.Estimate;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.Passes;
import dev.rekey.reencryption.Place;
import dev.rekey.reencryption.QuietReading;
import dev.rekey.reencryption.Samples;
import dev.rekey.reencryption.Search;
import dev.rekey.reencryption.SecretException;
import dev.rekey.reencryption.Tally;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is written into the evidence, from where. */
class EvidenceTest {
  private final Passes census = Passes.of("prove-current", PassKind.COUNT, hash(1));
  private final Passes write = Passes.of("write", PassKind.WRITE, hash(2));
  private final Passes proof = Passes.of("prove", PassKind.PROOF, hash(2));
  private final Passes count = Passes.of("count", PassKind.COUNT, hash(1));

  @Test
  void rotation_namesWhoWhatAndWhen() {
    Operation retry =
        new Operation(
            "20260301-1",
            Kind.ROTATE,
            CLUSTER,
            ORIGIN.toRetry("earlier"),
            Route.of(key(1), key(2)),
            NOW.minusSeconds(60),
            Progress.START);

    Evidence evidence = of(retry);

    assertThat(evidence.schema()).isEqualTo("rekey.dev/evidence/v1");
    assertThat(evidence.previousHash()).isEqualTo("sha256:before");
    assertThat(evidence.operation())
        .isEqualTo(
            new Evidence.Identity(
                "20260301-1",
                "rotate",
                "prod-1",
                "event",
                "key-vault",
                null,
                null,
                "earlier",
                NOW.minusSeconds(60),
                NOW,
                "completed"));
    assertThat(evidence.key()).isEqualTo(new Evidence.Keys(key(1).url(), key(2).url()));
  }

  @Test
  void whatTheChecksHadNoted_isInTheRecord() {
    Concern advice = new Concern("vault-purge-protection", Verdict.WARNED, "it is off");
    Operation rotation = rotation();
    Findings noted = rotation.progress().findings().checked(List.of(advice), List.of());

    assertThat(of(rotation.with(rotation.progress().with(noted))).concerns())
        .containsExactly(new Evidence.Concerning("vault-purge-protection", "warned", "it is off"));
    assertThat(of(rotation).concerns()).isEmpty();
  }

  @Test
  void noKeyUrl_theHashThatWasWrittenWithStandsInItsPlace() {
    assertThat(of(reencryption(write.clean())).key())
        .isEqualTo(new Evidence.Keys(null, hash(2).label()));
    assertThat(of(reencryption(proof.clean())).key().to()).isEqualTo(hash(2).label());
    assertThat(of(reencryption()).key().to()).isNull();
    assertThat(of(reencryption(write.clean())).convergence().method()).isEqualTo("observed");
  }

  @Test
  void clusterInArm_isShownAsItIsNow() {
    assertThat(of(rotation()).securityProfile())
        .isEqualTo(
            new Evidence.SecurityProfile(new Evidence.AzureKeyVaultKms(true, key(2).url()), NOW));
    assertThat(of(rotation(), cluster(KmsExperience.NONE, null, ETAG, "Succeeded")))
        .extracting(one -> one.securityProfile().azureKeyVaultKms().enabled())
        .isEqualTo(false);
    assertThat(of(reencryption(), null).securityProfile()).isNull();
  }

  @Test
  void replicas_eachSinceItWasFirstShown() {
    Pass later = proof.round(2).listed().shown(List.of(Samples.shown("a", hash(2), NOW)), NOW);

    Evidence.Convergence convergence = of(rotation(write.clean(), later)).convergence();

    assertThat(convergence.method()).isEqualTo("predicted");
    assertThat(convergence.replicas())
        .containsExactly(
            new Evidence.Replica("a", hash(2).label(), Passes.SHOWN.minusSeconds(30), Passes.SHOWN),
            new Evidence.Replica(
                "b", hash(2).label(), Passes.SHOWN.minusSeconds(30), Passes.SHOWN));
  }

  @Test
  void census_saysNothingOfConvergence() {
    assertThat(of(census(count.clean())).convergence())
        .isEqualTo(new Evidence.Convergence("none", List.of()));
  }

  @Test
  void secrets_areThoseOfTheWritePassElseOfTheCount() {
    assertThat(of(rotation(write.withException(ExceptionReason.FORBIDDEN))).secrets())
        .isEqualTo(new Evidence.Secrets(10, 0, 9, 0, 1, 0));
    assertThat(of(census(count.clean())).secrets().current()).isEqualTo(10);
    assertThat(of(rotation()).secrets()).isEqualTo(new Evidence.Secrets(0, 0, 0, 0, 0, 0));
  }

  @Test
  void nothingToProve_isSaid() {
    assertThat(of(rotation()).proof()).isEqualTo(new Evidence.Proof("none", 0, 0, 0));
    assertThat(of(rotation()).verdict().oldestKey()).isEqualTo("not-known");
    assertThat(of(rotation()).verdict().previousKey())
        .isEqualTo("keep-until-next-rotation-is-proved");
  }

  @Test
  void unsettledSecrets_areCountedInTheProof() {
    assertThat(of(rotation(proof.withException(ExceptionReason.UNSETTLED))).proof())
        .isEqualTo(new Evidence.Proof("counters", 10, 9, 1));
  }

  @Test
  void censusBeforeAndAfter_isByUrlWhereKnownElseByHash() {
    Evidence.Census shown = of(rotation(census.withForeignReads(hash(9)), proof.clean())).census();

    assertThat(shown.before()).isEqualTo(Map.of(key(1).url(), 9L, hash(9).label(), 1L));
    assertThat(shown.after()).isEqualTo(Map.of(key(2).url(), 10L));
    assertThat(of(rotation(proof.clean())).census().before()).isNull();
    assertThat(of(rotation()).census().after()).isEmpty();
  }

  @Test
  void keyOfTheLedger_isNamedByItsUrlToo() {
    Evidence evidence =
        EvidenceOf.of(
            census(count.withForeignReads(hash(0))),
            ledger().current(key(0), NOW, null),
            null,
            null,
            NOW,
            List.of());

    assertThat(evidence.census().after()).containsEntry(key(0).url(), 1L);
  }

  /** The write pass could not reach it; the first proof round did, and was voided for it. */
  @Test
  void exceptionThatAVoidedProofRoundRewrote_isRewritten() {
    Pass written = write.withException(ExceptionReason.UNREACHABLE);
    Pass voided =
        proof.ended(
            new Samples[] {
              Samples.of("a").reads(hash(2), 110).reads(hash(1), 1),
              Samples.of("b").reads(hash(2), 100)
            },
            new Tally(10, 0, 10, 0, 0, 11, 0),
            dev.rekey.reencryption.ExceptionCounts.NONE);
    Pass clean = Passes.of("prove", PassKind.PROOF, hash(2)).round(2).clean();

    assertThat(voided.stands()).isFalse();
    assertThat(of(rotation(written, voided, clean)).secrets())
        .isEqualTo(new Evidence.Secrets(10, 1, 9, 0, 0, 0));
    assertThat(of(rotation(written, clean)).secrets())
        .isEqualTo(new Evidence.Secrets(10, 0, 10, 0, 0, 0));
  }

  @Test
  void estimate_standsBesideWhatItTook() {
    Operation estimated = with(rotation(proof.clean()), Findings.NONE.with(estimate()));
    Operation unproved = with(rotation(write.clean()), Findings.NONE.with(estimate()));

    assertThat(of(estimated).estimate())
        .isEqualTo(new Evidence.Estimate(estimate().seconds(), 130));
    assertThat(of(unproved).estimate()).isNull();
    assertThat(of(rotation(proof.clean())).estimate()).isNull();
  }

  private static Estimate estimate() {
    return new Estimate(Passes.SHOWN, 10, 1, 10, 1);
  }

  @Test
  void exceptions_areSortedByPlace() {
    SecretException one = new SecretException("b", "a", ExceptionReason.FORBIDDEN, null);
    SecretException two = new SecretException("a", "b", ExceptionReason.DENIED_BY_POLICY, "guard");
    SecretException three = new SecretException("a", "a", ExceptionReason.INVALID, null);

    assertThat(of(rotation(), null, one, two, three).exceptions())
        .containsExactly(
            new Evidence.Exempt("a", "a", "invalid", null),
            new Evidence.Exempt("a", "b", "denied-by-policy", "guard"),
            new Evidence.Exempt("b", "a", "forbidden", null));
  }

  @Test
  void steps_areListedWithTheirReasons() {
    StepReport report =
        new StepReport(0, StepName.CHECK, Reason.CHECKS_PASSED, NOW.minusSeconds(1), NOW);
    Operation operation = rotation();

    assertThat(of(operation.with(operation.progress().with(report))).steps())
        .containsExactly(
            new Evidence.StepLine("check", "done", "checks-passed", NOW.minusSeconds(1), NOW));
  }

  @Test
  void rewriteUnderTheCurrentKey_isAPhaseOfItsOwn() {
    Pass written = Passes.of("prove-current", PassKind.WRITE, hash(1)).clean();
    Pass proved = Passes.of("prove-current", PassKind.PROOF, hash(1)).clean();

    assertThat(of(rotation(written, proved)).phases())
        .containsExactly(
            new Evidence.Phase(
                "prove-current",
                new Evidence.Secrets(10, 0, 10, 0, 0, 0),
                new Evidence.Proof("counters", 10, 10, 0)));
    assertThat(of(rotation()).phases()).isEmpty();
  }

  @Test
  void exceptionReasons_areThoseOfTheProofElseOfTheWriteElseOfTheCount() {
    Pass proved = proof.withException(ExceptionReason.FORBIDDEN);
    Pass written = write.withException(ExceptionReason.INVALID);
    Pass counted = count.withException(ExceptionReason.UNREACHABLE);

    assertThat(of(rotation(counted, written, proved)).exceptionReasons())
        .isEqualTo(Map.of("forbidden", 1L));
    assertThat(of(rotation(counted, written)).exceptionReasons()).isEqualTo(Map.of("invalid", 1L));
    assertThat(of(rotation(counted)).exceptionReasons()).isEqualTo(Map.of("unreachable", 1L));
  }

  @Test
  void countThatNobodyDisturbed_isExact() {
    assertThat(of(census(count.clean())).census().accuracy())
        .isEqualTo(new Evidence.Accuracy(true, 0, Map.of(), Map.of(), 0));
    assertThat(of(rotation()).census().accuracy()).isNull();
    assertThat(of(census(count.running())).census().accuracy()).isNull();
  }

  @Test
  void othersRead_isSaidByHowMuchTheCountIsTooHigh() {
    Pass disturbed =
        count.ended(
            new Samples[] {
              Samples.of("a").reads(hash(1), 110), Samples.of("b").reads(hash(1), 105)
            },
            Samples.allCurrent(10),
            dev.rekey.reencryption.ExceptionCounts.NONE);
    QuietReading quiet =
        new QuietReading(
            disturbed.id(),
            Samples.scrape(
                Passes.BEGUN.plusSeconds(7),
                Samples.of("a").reads(hash(1), 99).plain(0, 0),
                Samples.of("b").reads(hash(1), 100)),
            null);

    Evidence.Accuracy accuracy =
        of(with(census(disturbed), Findings.NONE.with(quiet))).census().accuracy();

    assertThat(accuracy)
        .isEqualTo(
            new Evidence.Accuracy(
                false, 5, Map.of(key(1).url(), 5L), Map.of(key(1).url(), 0.3), 3.0));
  }

  @Test
  void othersReadSlowly_theTimeOfTheCountDecides() {
    Pass disturbed =
        count.ended(
            new Samples[] {
              Samples.of("a").reads(hash(1), 200), Samples.of("b").reads(hash(1), 100)
            },
            Samples.allCurrent(10),
            dev.rekey.reencryption.ExceptionCounts.NONE);
    QuietReading quiet =
        new QuietReading(
            disturbed.id(),
            Samples.scrape(
                Passes.BEGUN,
                Samples.of("a").reads(hash(1), 98),
                Samples.of("b").reads(hash(1), 100)),
            null);

    assertThat(
            of(with(census(disturbed), Findings.NONE.with(quiet)))
                .census()
                .accuracy()
                .tooHighByAbout())
        .isEqualTo(Map.of(key(1).url(), 18L));
  }

  @Test
  void placesOfTheSearch_areNamedInOrderBesideWhatCanNotBeDecrypted() {
    Search search =
        new Search(
            hash(1).label(),
            false,
            100,
            List.of(),
            List.of(
                new Place("b", null, hash(2).label(), 2),
                new Place("a", "z", KeyIdHash.PLAIN.label(), 1),
                new Place("a", null, hash(9).label(), 3)),
            1,
            1,
            "",
            Set.of(Doubt.BOUNDED));
    SecretException lost = new SecretException("a", "b", ExceptionReason.UNDECRYPTABLE, null);
    SecretException denied = new SecretException("a", "c", ExceptionReason.FORBIDDEN, null);
    Operation census = with(census(count.clean()), Findings.NONE.with(search));

    Evidence.Census shown = of(census, null, lost, denied).census();

    assertThat(shown.places())
        .containsExactly(
            new Evidence.Place("a", null, hash(9).label(), 3),
            new Evidence.Place("a", "b", "unknown", 1),
            new Evidence.Place("a", "z", "plain", 1),
            new Evidence.Place("b", null, key(2).url(), 2));
    assertThat(shown.unnamed()).containsExactly("bounded");
    assertThat(of(rotation(), null, lost).census().places()).isEmpty();
    assertThat(of(rotation()).census().unnamed()).isEmpty();
  }

  @Test
  void keyVersionIsShown_nothingIsSaidOfHashes() {
    assertThat(of(census(count.clean())).keysInUse()).isNull();
    assertThat(of(rotation(proof.clean())).keysInUse()).isNull();
  }

  @Test
  void keyVersionIsNotShown_eachApiServerTellsByHashAndThoseThatFitAreNamed() {
    Instant end = Passes.BEGUN.plusSeconds(100);
    Pass ended =
        proof.ended(
            new Samples[] {
              Samples.of("a")
                  .polls(hash(2), end.minusSeconds(60))
                  .polls(hash(1), end.minusSeconds(91))
                  .lastWrote(hash(1), end.minusSeconds(500))
                  .lastWrote(hash(2), end.minusSeconds(50))
                  .reads(hash(2), 110),
              Samples.of("b").reads(hash(2), 100).plain(0, 1)
            },
            Samples.allCurrent(10),
            dev.rekey.reencryption.ExceptionCounts.NONE);

    Evidence.KeysInUse keys =
        EvidenceOf.of(
                reencryption(ended),
                ledger(),
                null,
                null,
                NOW,
                List.of(),
                List.of(key(1), key(2), key(3)))
            .keysInUse();

    assertThat(keys.apiServers())
        .containsExactly(
            new Evidence.ServerKeys(
                "a", hash(2).label(), end.minusSeconds(50), List.of(hash(2).label())),
            new Evidence.ServerKeys("b", "plain", null, List.of()));
    assertThat(keys.versions())
        .containsExactly(
            new Evidence.KeyVersionSeen(hash(1).label(), key(1).url(), "predicted"),
            new Evidence.KeyVersionSeen(hash(2).label(), key(2).url(), "predicted"));
    assertThat(of(reencryption()).keysInUse()).isNull();
  }

  private static Operation census(Pass... passes) {
    return Example.with(operation(Kind.CENSUS), Progress.START.withChecked(), passes);
  }

  private static Operation with(Operation operation, Findings findings) {
    return operation.with(operation.progress().with(findings));
  }

  private static Evidence of(Operation operation) {
    return of(operation, clusterOn(2));
  }

  private static Evidence of(
      Operation operation, ManagedCluster cluster, SecretException... exceptions) {
    return EvidenceOf.of(operation, ledger(), cluster, "sha256:before", NOW, List.of(exceptions));
  }
}
