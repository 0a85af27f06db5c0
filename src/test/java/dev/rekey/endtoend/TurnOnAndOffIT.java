package dev.rekey.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyId;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Route;
import dev.rekey.testbed.Seed;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** KMS is turned on and off again on real API servers; raw etcd is the judge. */
class TurnOnAndOffIT {
  private static final String PLAIN = "plain";

  /** Somebody has turned KMS off in haste, and has rewritten nothing. */
  @Test
  void mostLieUnderAnEarlierKey_turnedOnWithAnother_allIsPlainBeforeAndNothingAfter_turnedOffAgain()
      throws Exception {
    try (RealCluster cluster = new RealCluster(2)) {
      Seed older = Seed.plant(cluster.testbed.requests(), "older", 1_600, 1024, 30);
      cluster.turnedOffByAnother();
      Judge judge =
          new Judge(cluster, Seed.plant(cluster.testbed.requests(), "newer", 400, 1024, 10));
      assertThat(cluster.stored(cluster.firstKey))
          .isEqualTo(Map.of(cluster.firstKey.url(), 1_600L, PLAIN, 400L));
      KeyId next = cluster.vault.createVersion(RealCluster.KEY);
      KmsSettings on = KmsSettings.of(next);

      Operation enabled = cluster.run(Kind.ENABLE, Route.of(KmsSettings.OFF, on));

      judge.assertLedAlong(enabled);
      judge.assertProvedByCounters(enabled);
      assertThat(cluster.evidence(enabled).census().after())
          .isEqualTo(Map.of(next.url(), judge.stored));
      assertThat(cluster.evidence(enabled).phases())
          .extracting(Evidence.Phase::step)
          .containsExactly("prove-current");
      assertThat(older.differences()).isEmpty();

      Operation disabled = cluster.run(Kind.DISABLE, Route.of(on, KmsSettings.OFF));

      judge.assertLedAlong(disabled);
      judge.assertProvedByCounters(disabled);
      Evidence evidence = cluster.evidence(disabled);
      assertThat(evidence.census().plain()).isEqualTo(judge.stored);
      assertThat(evidence.verdict().previousKey()).isEqualTo("keep-though-kms-is-off");
      assertThat(cluster.ledger().keptKeys()).contains(next);
      assertThat(older.differences()).isEmpty();
    }
  }

  /** Nothing counts what such API servers read: that each Secret could be read is the proof. */
  @Test
  void neverEncryptedBefore_turnedOn_nothingInEtcdIsPlain() throws Exception {
    try (RealCluster cluster = RealCluster.neverEncrypted(2)) {
      Seed seed = Seed.plant(cluster.testbed.requests(), 300, 256, 5);
      String key = cluster.firstKey.url();
      long stored = cluster.stored(cluster.firstKey).get(PLAIN);

      Operation enabled =
          cluster.run(Kind.ENABLE, Route.of(KmsSettings.OFF, KmsSettings.of(cluster.firstKey)));

      assertCompleted(enabled);
      assertThat(cluster.stored(cluster.firstKey)).isEqualTo(Map.of(key, stored));
      assertThat(cluster.evidence(enabled).proof().method()).isEqualTo("counters");
      assertThat(seed.differences()).isEmpty();
    }
  }

  private static void assertCompleted(Operation operation) {
    assertThat(operation.progress().ending()).as("%s", operation.progress().pending()).isNotNull();
    assertThat(operation.progress().ending().outcome()).isEqualTo(Ending.Outcome.COMPLETED);
  }
}
