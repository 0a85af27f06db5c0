package dev.rekey.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyId;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Route;
import dev.rekey.testbed.Seed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The life of KMS on one real cluster, with Rekey killed at every step of each operation and gone
 * on with by another process; raw etcd is the judge. Each operation begins where the one before has
 * left the cluster.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KilledAtEveryStepIT {
  private static final int SECRETS = 2_000;

  private RealCluster cluster;
  private Judge judge;
  private KeyId current;

  @BeforeAll
  void begin() {
    cluster = RealCluster.plain(2);
    judge = new Judge(cluster, Seed.plant(cluster.testbed.requests(), SECRETS, 1024, 40));
    current = cluster.firstKey;
  }

  @AfterAll
  void end() {
    cluster.close();
  }

  @Test
  @Order(1)
  void enable() throws Exception {
    Operation ended = killed(Kind.ENABLE, Route.of(KmsSettings.OFF, KmsSettings.of(current)));

    judge.assertLedAlong(ended);
    judge.assertProvedByCounters(ended);
  }

  @Test
  @Order(2)
  void rotate() throws Exception {
    KeyId next = cluster.vault.createVersion(RealCluster.KEY);
    cluster.tagged();

    Operation ended = killed(Kind.ROTATE, Route.of(current, next));

    judge.assertLedAlong(ended);
    judge.assertProvedByCounters(ended);
    current = next;
  }

  /** Somebody has moved the cluster by hand, and rewritten nothing. */
  @Test
  @Order(3)
  void reencrypt() throws Exception {
    current = cluster.movedByHand();

    Operation ended = killed(Kind.REENCRYPT, Route.of(current, current));

    judge.assertLedAlong(ended);
    judge.assertProvedByCounters(ended);
    assertThat(cluster.evidence(ended).secrets().rewritten()).isGreaterThan(SECRETS / 2);
  }

  @Test
  @Order(4)
  void census() throws Exception {
    Operation ended = killed(Kind.CENSUS, Route.of(current, current));

    judge.assertLedAlong(ended);
    assertThat(cluster.evidence(ended).proof().method()).isEqualTo("none");
  }

  @Test
  @Order(5)
  void disable() throws Exception {
    cluster.tagged();

    Operation ended = killed(Kind.DISABLE, Route.of(KmsSettings.of(current), KmsSettings.OFF));

    judge.assertLedAlong(ended);
    judge.assertProvedByCounters(ended);
    assertThat(cluster.evidence(ended).verdict().previousKey()).isEqualTo("keep-though-kms-is-off");
    assertThat(cluster.ledger().keptKeys()).contains(current);
  }

  private Operation killed(Kind kind, Route route) throws InterruptedException {
    MortalRekey mortal = new MortalRekey(cluster);
    Operation ended = mortal.finish(cluster.start(kind, route));
    assertThat(mortal.steps()).containsAll(MortalRekey.stepsThatStore(kind));
    return ended;
  }
}
