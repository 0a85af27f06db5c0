package dev.rekey.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Evidence;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.Openness;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.operation.StepName;
import dev.rekey.testbed.Seed;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The vault of a real cluster's key is closed to the public and opened again, with KMS off in
 * between; raw etcd is the judge of each half.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChangeVaultAccessIT {
  private static final int SECRETS = 2_000;
  private static final String RIGHT = "Microsoft.KeyVault/vaults/write";

  private RealCluster cluster;
  private Judge judge;
  private KmsSettings open;
  private KmsSettings closed;

  @BeforeAll
  void begin() {
    cluster = new RealCluster(2);
    cluster.arm.integrateApiServers(cluster.name);
    judge = new Judge(cluster, Seed.plant(cluster.testbed.requests(), SECRETS, 1024, 40));
    open = KmsSettings.of(cluster.firstKey);
    closed = KmsSettings.ofPrivate(cluster.firstKey, cluster.vaultResource);
  }

  @AfterAll
  void end() {
    cluster.close();
  }

  /** KMS is off meanwhile, which nobody may overlook. */
  @Test
  @Order(1)
  void publicToPrivateWithoutTheRightToChangeTheVault_stallsLoudlyAndGoesOnWhenAPersonHasClosedIt()
      throws Exception {
    Operation begun = new PersonsWish(cluster, Kind.CHANGE_VAULT_ACCESS, closed).begun();
    Runnable judging = cluster.beforeRoll;
    cluster.beforeRoll =
        () -> {
          judging.run();
          cluster.arm.forbid(RIGHT, true);
        };

    Operation stalled = cluster.finish(begun);

    Pending pending = Objects.requireNonNull(stalled.progress().pending());
    assertThat(pending.doing()).isEqualTo(Pending.Doing.STALLED);
    assertThat(pending.step()).isEqualTo(StepName.UPDATE_VAULT);
    assertThat(pending.reason()).isEqualTo(Reason.ACCESS_DENIED);
    assertThat(pending.detail())
        .contains(RIGHT, "KMS is off")
        .contains("az keyvault update --ids " + cluster.vaultResource)
        .contains("--public-network-access Disabled");
    assertThat(cluster.signals).contains("operation-stalled access-denied");
    assertThat(cluster.stored()).isEqualTo(Map.of("plain", judge.stored));

    closedByAPerson();
    cluster.rekey.takeUp(stalled);
    assertLedAlong(cluster.finish(stalled), Openness.CLOSED);
    cluster.beforeRoll = judging;
    cluster.arm.forbid(RIGHT, false);
  }

  @Test
  @Order(2)
  void privateToPublicWithRekeyKilledAtEveryStep_plainInBetweenThenUnderTheKeyOfAnOpenVault()
      throws Exception {
    cluster.tagged();
    MortalRekey mortal = new MortalRekey(cluster);

    Operation ended =
        mortal.finish(new PersonsWish(cluster, Kind.CHANGE_VAULT_ACCESS, open).begun());

    assertThat(mortal.steps()).containsAll(MortalRekey.stepsThatStore(Kind.CHANGE_VAULT_ACCESS));
    assertLedAlong(ended, Openness.ALL_NETWORKS);
  }

  private void closedByAPerson() {
    cluster
        .arm
        .neighbours()
        .change(
            cluster.vaultResource,
            body -> body.withObject("/properties").put("publicNetworkAccess", "Disabled"));
  }

  private void assertLedAlong(Operation ended, Openness openness) {
    judge.assertLedAlong(ended);
    judge.assertProvedByCounters(ended);
    assertThat(cluster.arm.readVault(cluster.vaultResource).openness()).isEqualTo(openness);
    Evidence evidence = cluster.evidence(ended);
    assertThat(evidence.phases()).extracting(Evidence.Phase::step).containsExactly("disable");
    assertThat(evidence.phases().get(0).secrets().discovered()).isEqualTo(judge.stored);
    assertThat(evidence.phases().get(0).proof())
        .isEqualTo(new Evidence.Proof("counters", judge.stored, judge.stored, 0));
    assertThat(evidence.key())
        .isEqualTo(new Evidence.Keys(cluster.firstKey.url(), cluster.firstKey.url()));
  }
}
