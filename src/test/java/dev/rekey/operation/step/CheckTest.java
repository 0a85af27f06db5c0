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
import static dev.rekey.operation.Example.key;
import static dev.rekey.operation.Example.operation;
import static dev.rekey.operation.Example.rotation;
import static dev.rekey.operation.Example.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
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
    assertThat(check.decide(seen(clusterOn(1), version(1), version(2))))
        .isEqualTo(new Decision.Act(new Effect.NoteChecked(List.of()), Reason.RECORDING));
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
