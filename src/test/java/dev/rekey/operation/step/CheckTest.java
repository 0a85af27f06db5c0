package dev.rekey.operation.step;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.ETAG;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.ORIGIN;
import static dev.rekey.operation.Example.cluster;
import static dev.rekey.operation.Example.clusterOn;
import static dev.rekey.operation.Example.disabled;
import static dev.rekey.operation.Example.expiring;
import static dev.rekey.operation.Example.facts;
import static dev.rekey.operation.Example.finding;
import static dev.rekey.operation.Example.key;
import static dev.rekey.operation.Example.operation;
import static dev.rekey.operation.Example.rotation;
import static dev.rekey.operation.Example.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.operation.Concern;
import dev.rekey.operation.Decision;
import dev.rekey.operation.Effect;
import dev.rekey.operation.FactKind;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Progress;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Route;
import dev.rekey.operation.preflight.Finding;
import dev.rekey.operation.preflight.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class CheckTest {
  private static final KeyId OTHER_KEY =
      KeyId.parse("https://example.vault.azure.net/keys/other/v2", Cloud.PUBLIC);

  private final Check check = new Check();

  /** A situation of a rotation from version 1 to version 2, and why it is refused. */
  private record Refused(Reason reason, Facts facts) {}

  @TestFactory
  Stream<DynamicTest> factThatForbidsARotation_isTheReasonOfTheRefusal() {
    KeyVersion older =
        new KeyVersion(
            key(2), true, version(1).created(), null, null, "RSA", Set.of("encrypt", "decrypt"));
    return Stream.of(
            new Refused(Reason.KMS_OFF, on(KmsExperience.NONE)),
            new Refused(Reason.PLATFORM_MANAGED, on(KmsExperience.PLATFORM_MANAGED)),
            new Refused(Reason.KMS_VERSION_UNPROVED, on(KmsExperience.UNPROVED)),
            new Refused(Reason.CLUSTER_MOVED, seen(clusterOn(3), version(1), version(2))),
            new Refused(
                Reason.CLUSTER_FAILED, seen(clusterOn(1, ETAG, "Failed"), version(1), version(2))),
            new Refused(Reason.TARGET_OF_ANOTHER_KEY, toAnotherKey()),
            new Refused(Reason.CURRENT_KEY_UNFIT, seen(clusterOn(1), disabled(1), version(2))),
            new Refused(Reason.CURRENT_KEY_UNFIT, seen(clusterOn(1), expiring(1, NOW), version(2))),
            new Refused(Reason.CURRENT_KEY_UNFIT, seen(clusterOn(1), version(2))),
            new Refused(Reason.TARGET_NOT_FOUND, seen(clusterOn(1), version(1))),
            new Refused(Reason.TARGET_UNFIT, seen(clusterOn(1), version(1), disabled(2))),
            new Refused(Reason.TARGET_UNFIT, seen(clusterOn(1), version(1), expiring(2, NOW))),
            new Refused(Reason.TARGET_NOT_NEWER, seen(clusterOn(1), version(1), older)))
        .map(
            row ->
                dynamicTest(
                    row.reason().token(),
                    () ->
                        assertThat(check.decide(row.facts()))
                            .isInstanceOfSatisfying(
                                Decision.Refuse.class,
                                refuse -> assertThat(refuse.reason()).isEqualTo(row.reason()))));
  }

  @Test
  void everythingInOrder_isNoted() {
    Facts sound = sound(finding("cluster-running", Verdict.PASSED));

    assertThat(check.needsBesides(sound)).containsExactly(FactKind.PREFLIGHT);
    assertThat(check.decide(sound))
        .isEqualTo(new Decision.Act(new Effect.NoteChecked(List.of()), Reason.RECORDING));
  }

  @Test
  void whatFailsAroundTheCluster_isRefusedAllOfItAtOnceWithItsRemedies() {
    Facts unfit =
        sound(
            finding("vault-open-to-api-servers", Verdict.FAILED),
            finding("vault-purge-protection", Verdict.WARNED),
            finding("system-nodes-present", Verdict.FAILED));

    assertThat(check.decide(unfit))
        .isEqualTo(
            new Decision.Refuse(
                Reason.PREFLIGHT_FAILED,
                "failed: vault-open-to-api-servers, system-nodes-present\n"
                    + "vault-open-to-api-servers: seen of vault-open-to-api-servers;"
                    + " expected: better; type: type this\n"
                    + "system-nodes-present: seen of system-nodes-present;"
                    + " expected: better; type: type this"));
  }

  @Test
  void whatCannotBeToldOrIsAdvice_standsAgainstNothingAndIsNoted() {
    Facts advised =
        sound(
            finding("vault-purge-protection", Verdict.WARNED),
            finding("system-nodes-present", Verdict.CANNOT_TELL));

    assertThat(check.decide(advised))
        .isEqualTo(
            new Decision.Act(
                new Effect.NoteChecked(
                    List.of(
                        new Concern(
                            "vault-purge-protection",
                            Verdict.WARNED,
                            "seen of vault-purge-protection"),
                        new Concern(
                            "system-nodes-present",
                            Verdict.CANNOT_TELL,
                            "seen of system-nodes-present"))),
                Reason.RECORDING));
  }

  @Test
  void outage_isNoStateOfAClusterThatAnythingIsRefusedFor() {
    assertThat(check.decide(sound(finding("reaches-arm", Verdict.FAILED))))
        .isInstanceOf(Decision.Act.class);
  }

  /** One thing has one name, whichever check finds it. */
  @Test
  void whatAnotherCheckNamesToo_keepsItsReason() {
    assertThat(reason(finding("target-key-validity", Verdict.FAILED)))
        .isEqualTo(Reason.TARGET_UNFIT);
    assertThat(reason(finding("own-right-to-update-cluster", Verdict.FAILED)))
        .isEqualTo(Reason.ACCESS_DENIED);
    assertThat(
            reason(
                finding("own-right-to-update-cluster", Verdict.FAILED),
                finding("target-key-validity", Verdict.FAILED)))
        .isEqualTo(Reason.PREFLIGHT_FAILED);
  }

  @Test
  void nodePoolAtWork_isWaitedForUnlessSomethingElseFailsToo() {
    Finding busy = finding("no-operation-in-progress", Verdict.FAILED);

    assertThat(check.decide(sound(busy)))
        .isEqualTo(new Decision.Wait(NOW.plusSeconds(60), Reason.CLUSTER_BUSY));
    assertThat(reason(busy, finding("identity-exists", Verdict.FAILED)))
        .isEqualTo(Reason.PREFLIGHT_FAILED);
  }

  /** They cost many requests, and a cluster at work isn't judged at all. */
  @Test
  void cheaperCheckFailsOrArmIsAtWork_nobodyLooksAround() {
    assertThat(check.needsBesides(seen(clusterOn(3), version(1), version(2)))).isEmpty();
    assertThat(check.needsBesides(seen(clusterOn(1, ETAG, "Updating"), version(1), version(2))))
        .isEmpty();
    assertThat(check.needsBesides(facts(operation(Kind.CENSUS)).with(clusterOn(1)))).isEmpty();
    assertThat(check.needsBesides(facts(rotation()))).isEmpty();
  }

  @Test
  void refusalForWhatLiesAround_restsOnThatTooAndOnNothingElse() {
    Facts unfit = sound(finding("identity-exists", Verdict.FAILED));
    Facts mended = sound(finding("identity-exists", Verdict.PASSED));
    Facts advised =
        sound(
            finding("identity-exists", Verdict.FAILED),
            finding("vault-purge-protection", Verdict.WARNED));

    assertThat(mended.fingerprint()).isNotEqualTo(unfit.fingerprint());
    assertThat(advised.fingerprint()).isEqualTo(unfit.fingerprint());
    assertThat(seen(clusterOn(1), version(1), version(2)).areRefinedBy(unfit.fingerprint()))
        .isTrue();
    assertThat(seen(clusterOn(1), version(1), disabled(2)).areRefinedBy(unfit.fingerprint()))
        .isFalse();
  }

  @Test
  void armIsAtWork_waitsBeforeItJudgesAnything() {
    Facts busy =
        facts(operation(Kind.ROTATE)).with(cluster(KmsExperience.NONE, null, ETAG, "Updating"));

    assertThat(check.decide(busy))
        .isEqualTo(new Decision.Wait(NOW.plusSeconds(15), Reason.CLUSTER_BUSY));
  }

  @Test
  void checkedBefore_isDoneAndNeedsNoFact() {
    assertThat(check.decide(facts(rotation()))).isEqualTo(new Decision.Done(Reason.CHECKS_PASSED));
    assertThat(check.needs(rotation())).isEmpty();
  }

  @Test
  void firstFailingCheckOfTheList_givesTheReason() {
    Facts allWrong =
        seen(cluster(KmsExperience.VERSIONED_KEY, key(3).url(), ETAG, "Failed"), disabled(1));

    assertThat(check.decide(allWrong).reason()).isEqualTo(Reason.CLUSTER_MOVED);
  }

  @Test
  void reencryptionOfAFailedCluster_mayBegin() {
    Facts failed = facts(operation(Kind.REENCRYPT)).with(clusterOn(1, ETAG, "Failed"));

    assertThat(check.decide(failed)).isInstanceOf(Decision.Act.class);
  }

  @Test
  void clusterWithoutArm_needsAccessOnly() {
    Operation unmanaged =
        new Operation("1", Kind.REENCRYPT, CLUSTER, ORIGIN, Route.UNKNOWN, NOW, Progress.START);

    assertThat(check.needs(unmanaged)).containsExactly(FactKind.ACCESS);
    assertThat(check.decide(facts(unmanaged))).isInstanceOf(Decision.Act.class);
  }

  private Reason reason(Finding... findings) {
    return check.decide(sound(findings)).reason();
  }

  private static Facts sound(Finding... findings) {
    return seen(clusterOn(1), version(1), version(2)).withPreflight(List.of(findings));
  }

  private static Facts on(KmsExperience experience) {
    return seen(cluster(experience, key(1).url(), ETAG, "Succeeded"), version(1), version(2));
  }

  private static Facts toAnotherKey() {
    Operation rotation =
        new Operation(
            "1", Kind.ROTATE, CLUSTER, ORIGIN, Route.of(key(1), OTHER_KEY), NOW, Progress.START);
    return facts(rotation).with(clusterOn(1)).withVersions(List.of(version(1)));
  }

  private static Facts seen(ManagedCluster cluster, KeyVersion... versions) {
    return facts(operation(Kind.ROTATE)).with(cluster).withVersions(Arrays.asList(versions));
  }
}
