package dev.rekey.endtoend;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyId;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.testbed.Seed;
import dev.rekey.testbed.StoredSecret;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * One rotation from the event that Key Vault sends to the record that proves it, on a real API
 * server.
 */
class KeyEventToProofIT {
  private static final int SECRETS = 2_000;

  @Test
  void eventGoesIn_everySecretInRawEtcdLiesUnderTheNewKeyAndTheEvidenceAgrees() throws Exception {
    try (RealCluster cluster = new RealCluster(1)) {
      Seed seed = Seed.plant(cluster.testbed.requests(), SECRETS, 1024, 40);
      long stored = cluster.stored(cluster.firstKey).get(cluster.firstKey.url());

      KeyId second = cluster.newVersionArrives();
      Operation rotation = cluster.finish(cluster.active());

      assertThat(rotation.progress().ending()).isNotNull();
      assertThat(rotation.progress().ending().outcome()).isEqualTo(Ending.Outcome.COMPLETED);
      assertThat(cluster.keyIdInArm()).isEqualTo(second.url());
      assertThat(cluster.stored(cluster.firstKey, second)).isEqualTo(Map.of(second.url(), stored));
      assertThat(seed.differences()).isEmpty();

      Evidence evidence = cluster.evidence(rotation);
      assertThat(evidence.secrets()).isEqualTo(new Evidence.Secrets(stored, stored, 0, 0, 0, 0));
      assertThat(evidence.proof()).isEqualTo(new Evidence.Proof("counters", stored, stored, 0));
      assertThat(evidence.census().before()).isEqualTo(Map.of(cluster.firstKey.url(), stored));
      assertThat(evidence.census().after()).isEqualTo(Map.of(second.url(), stored));
      assertThat(evidence.census().plain()).isZero();
      assertThat(evidence.verdict().oldestKey()).isEqualTo("not-needed-by-this-cluster");

      Map<String, Long> revisions = revisions(cluster);
      Operation again = cluster.run(Kind.REENCRYPT, second);
      assertThat(cluster.evidence(again).secrets())
          .isEqualTo(new Evidence.Secrets(stored, 0, stored, 0, 0, 0));
      assertThat(revisions(cluster)).isEqualTo(revisions);
    }
  }

  private static Map<String, Long> revisions(RealCluster cluster) {
    return cluster.testbed.etcd().secrets().stream()
        .collect(
            toMap(secret -> secret.namespace() + "/" + secret.name(), StoredSecret::modRevision));
  }
}
