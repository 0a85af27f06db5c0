package dev.rekey.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Ending;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Route;
import dev.rekey.operation.StepName;
import dev.rekey.testbed.KubernetesVersion;
import dev.rekey.testbed.Seed;
import dev.rekey.testbed.StoredSecret;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The whole way from KMS v1 to KMS v2 on real API servers, with the upgrade in the middle; raw etcd
 * is the judge.
 */
class MigrateToKmsV2IT {
  private static final Origin APPROVER =
      new Origin(Origin.Trigger.COMMAND_LINE, "the approver", "the plan was read");
  private static final String PLAIN = "plain";

  @Test
  void rekeyIsKilledAtEachStep_allLiePlainAtTheUpgradeAndUnderTheKeyAtTheEnd() throws Exception {
    try (RealCluster cluster = RealCluster.onKmsV1(2)) {
      Seed seed = Seed.plant(cluster.testbed.requests(), 2_000, 1024, 40);
      MortalRekey mortal = new MortalRekey(cluster);
      Operation started = cluster.start(Kind.MIGRATE_TO_KMS_V2, route(cluster));
      List<StoredSecret> before = cluster.testbed.etcd().secretsAtOnce();

      Operation planned = mortal.finish(started);

      assertStalled(planned, Reason.AWAITING_APPROVAL);
      assertThat(cluster.testbed.etcd().secretsAtOnce().equals(before)).isTrue();
      assertThat(cluster.arm.acceptedUpdates()).isEmpty();

      Operation waiting = mortal.finish(approved(cluster, planned));

      assertWaitsForTheUpgrade(cluster, waiting, before.size());
      assertThat(seed.differences()).isEmpty();

      cluster.upgradeKubernetes();
      Operation ended = mortal.finish(waiting);

      assertMigrated(cluster, ended, before.size());
      assertThat(seed.differences()).isEmpty();
      assertThat(mortal.steps()).containsAll(stepsThatAct());
    }
  }

  /** These name themselves in no metric, so that only leases tell how many there are. */
  @Test
  void apiServersWithoutNames_areMigratedToo() throws Exception {
    try (RealCluster cluster = RealCluster.onKmsV1(KubernetesVersion.V1_31, 2)) {
      Seed seed = Seed.plant(cluster.testbed.requests(), 200, 256, 5);
      int stored = cluster.testbed.etcd().secrets().size();
      Operation planned = cluster.run(Kind.MIGRATE_TO_KMS_V2, route(cluster));
      assertStalled(planned, Reason.AWAITING_APPROVAL);

      Operation waiting = cluster.finish(approved(cluster, planned));

      assertWaitsForTheUpgrade(cluster, waiting, stored);
      cluster.upgradeKubernetes();
      cluster.rekey.takeUp(waiting);
      Operation ended = cluster.finish(waiting);

      assertMigrated(cluster, ended, stored);
      assertThat(seed.differences()).isEmpty();
    }
  }

  /** It would stay under KMS v1 when nothing can read that any more. */
  @Test
  void aPolicyDeniesSome_kmsV1StaysOn() throws Exception {
    try (RealCluster cluster = RealCluster.onKmsV1(1)) {
      Seed.plant(cluster.testbed.requests(), 200, 256, 10);
      cluster.testbed.denySecretUpdates("seeded-007");

      Operation stalled = cluster.run(Kind.MIGRATE_TO_KMS_V2, route(cluster));

      assertStalled(stalled, Reason.SECRETS_NOT_WRITABLE);
      assertThat(pending(stalled).detail()).isEqualTo("20 of 200 Secrets");
      assertThat(cluster.arm.acceptedUpdates()).isEmpty();
    }
  }

  private static Route route(RealCluster cluster) {
    KmsSettings on = KmsSettings.of(cluster.firstKey);
    return Route.of(on, KmsSettings.OFF, on);
  }

  private static Operation approved(RealCluster cluster, Operation planned) {
    cluster.rekey.approve(cluster.latest(planned), APPROVER);
    return cluster.active();
  }

  private static void assertWaitsForTheUpgrade(
      RealCluster cluster, Operation waiting, long stored) {
    assertStalled(waiting, Reason.AWAITING_UPGRADE);
    assertThat(pending(waiting).detail())
        .contains("--name prod --kubernetes-version 1.27 --control-plane-only");
    assertThat(cluster.stored()).isEqualTo(Map.of(PLAIN, stored));
    assertThat(cluster.keyIdInArm()).isEqualTo(cluster.firstKey.url());
    assertThat(cluster.arm.read(cluster.name).isAt(KmsSettings.OFF)).isTrue();
  }

  private static void assertMigrated(RealCluster cluster, Operation ended, long stored) {
    assertThat(ended.progress().ending()).as("%s", ended.progress().pending()).isNotNull();
    assertThat(ended.progress().ending().outcome()).isEqualTo(Ending.Outcome.COMPLETED);
    Evidence evidence = cluster.evidence(ended);
    assertThat(cluster.stored(cluster.firstKey)).isEqualTo(Map.of(cluster.firstKey.url(), stored));
    List<StoredSecret> secrets = cluster.testbed.etcd().secretsAtOnce();
    assertThat(new EtcdAndEvidence(secrets, evidence, cluster.firstKey).disagreements()).isEmpty();
    assertThat(evidence.operation().approver()).isEqualTo(APPROVER.actor());
    assertThat(evidence.proof()).isEqualTo(new Evidence.Proof("counters", stored, stored, 0));
    assertThat(evidence.phases())
        .contains(
            new Evidence.Phase(
                "disable",
                new Evidence.Secrets(stored, stored, 0, 0, 0, 0),
                new Evidence.Proof("counters", stored, stored, 0)));
    assertThat(cluster.arm.acceptedUpdates()).hasSizeGreaterThanOrEqualTo(2);
  }

  private static List<String> stepsThatAct() {
    return Stream.of(
            StepName.CHECK,
            StepName.COUNT,
            StepName.UPDATE_CLUSTER,
            StepName.WRITE,
            StepName.PROVE,
            StepName.RECORD,
            StepName.PROVE_CURRENT,
            StepName.AWAIT_UPGRADE)
        .map(StepName::token)
        .toList();
  }

  private static Pending pending(Operation operation) {
    return Objects.requireNonNull(operation.progress().pending());
  }

  private static void assertStalled(Operation operation, Reason reason) {
    assertThat(operation.progress().ending()).isNull();
    assertThat(pending(operation).reason()).as("%s", pending(operation)).isEqualTo(reason);
  }
}
