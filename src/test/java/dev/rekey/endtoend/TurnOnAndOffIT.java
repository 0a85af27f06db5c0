package dev.rekey.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

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
  private static final int SECRETS = 2_000;
  private static final String PLAIN = "plain";

  @Test
  void turnedOn_nothingInEtcdIsPlain_turnedOffAgain_everythingIs() throws Exception {
    try (RealCluster cluster = RealCluster.plain(2)) {
      Seed seed = Seed.plant(cluster.testbed.requests(), SECRETS, 1024, 40);
      KmsSettings on = KmsSettings.of(cluster.firstKey);
      String key = cluster.firstKey.url();
      long stored = cluster.stored(cluster.firstKey).get(PLAIN);

      Operation enabled = cluster.run(Kind.ENABLE, Route.of(KmsSettings.OFF, on));

      assertCompleted(enabled);
      assertThat(cluster.stored(cluster.firstKey)).isEqualTo(Map.of(key, stored));
      assertThat(cluster.evidence(enabled).census().after()).isEqualTo(Map.of(key, stored));
      assertThat(cluster.evidence(enabled).census().plain()).isZero();
      assertThat(seed.differences()).isEmpty();

      Operation disabled = cluster.run(Kind.DISABLE, Route.of(on, KmsSettings.OFF));

      assertCompleted(disabled);
      assertThat(cluster.stored(cluster.firstKey)).isEqualTo(Map.of(PLAIN, stored));
      Evidence evidence = cluster.evidence(disabled);
      assertThat(evidence.census().after()).isEmpty();
      assertThat(evidence.census().plain()).isEqualTo(stored);
      assertThat(evidence.proof()).isEqualTo(new Evidence.Proof("counters", stored, stored, 0));
      assertThat(evidence.verdict().previousKey()).isEqualTo("keep-though-kms-is-off");
      assertThat(seed.differences()).isEmpty();
    }
  }

  private static void assertCompleted(Operation operation) {
    assertThat(operation.progress().ending()).as("%s", operation.progress().pending()).isNotNull();
    assertThat(operation.progress().ending().outcome()).isEqualTo(Ending.Outcome.COMPLETED);
  }
}
