package dev.rekey.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyId;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Operation;
import dev.rekey.testbed.Seed;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two clusters share a key; the canary goes first. Raw etcd is the judge. */
class WavesIT {
  private static final int SECRETS = 300;

  @Test
  void keyHasANewVersion_theSecondWaveGoesWhenTheFirstIsProvedAndTheOldVersionIsNeededUntilThen()
      throws Exception {
    try (TwoRealClusters clusters = new TwoRealClusters()) {
      Seed.plant(clusters.testbed(clusters.canary).requests(), SECRETS, 1024, 4);
      Seed.plant(clusters.testbed(clusters.other).requests(), SECRETS, 1024, 4);
      KeyId second = clusters.newVersionArrives();

      assertThat(clusters.rekey.unfinished(clusters.other)).isEmpty();
      assertRotated(clusters, clusters.canary, second);
      clusters.rekey.reconcile();
      assertRotated(clusters, clusters.other, second);
    }
  }

  private static void assertRotated(TwoRealClusters clusters, ClusterName cluster, KeyId to)
      throws InterruptedException {
    Operation ended = clusters.finish(clusters.rekey.unfinished(cluster).orElseThrow());

    assertThat(ended.progress().ending()).as("%s", ended.progress().pending()).isNotNull();
    assertThat(ended.progress().ending().outcome()).isEqualTo(Ending.Outcome.COMPLETED);
    long all = clusters.testbed(cluster).etcd().secrets().size();
    assertThat(clusters.stored(cluster, clusters.firstKey, to)).isEqualTo(Map.of(to.url(), all));
  }
}
