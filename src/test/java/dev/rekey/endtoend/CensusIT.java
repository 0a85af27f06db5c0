package dev.rekey.endtoend;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.testbed.Seed;
import dev.rekey.testbed.Slots;
import dev.rekey.testbed.StoredSecret;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A census counts what raw etcd holds, number by number, and writes nothing. */
class CensusIT {

  @ParameterizedTest(name = "replicas: {0}")
  @ValueSource(ints = {1, 2})
  void secretsUnderTwoKeysSomePlainSomeDenied_countedAsEtcdHoldsThemAndNothingIsWritten(
      int replicas) throws Exception {
    try (RealCluster cluster = new RealCluster(replicas)) {
      KeyId first = cluster.firstKey;
      Seed.plant(cluster.testbed.requests(), "older", 300, 1024, 10);
      KeyId second = cluster.vault.createVersion(RealCluster.KEY);
      cluster.testbed.applyKey(second.url());
      Seed.plant(cluster.testbed.requests(), "newer", 100, 1024, 5);
      cluster.testbed.applyPlain();
      Seed.plant(cluster.testbed.requests(), "plain", 20, 1024, 2);
      for (int replica = 0; replica < replicas; replica++) {
        cluster.testbed.configure(replica, Slots.of(second.url(), first.url()));
        cluster.testbed.replica(replica).awaitReady();
      }
      cluster.testbed.denySecretUpdates("older-003");
      Map<String, Long> stored = cluster.stored(first, second);
      Map<String, Long> revisions = revisions(cluster);

      Operation census = cluster.run(Kind.CENSUS, first);

      Evidence evidence = cluster.evidence(census);
      assertThat(evidence.census().after())
          .isEqualTo(
              Map.of(first.url(), stored.get(first.url()), hash(second), stored.get(second.url())));
      assertThat(evidence.census().plain()).isEqualTo(stored.get("plain"));
      assertThat(evidence.census().unknown()).isZero();
      assertThat(evidence.secrets().discovered()).isEqualTo(revisions.size());
      assertThat(evidence.exceptions()).isEmpty();
      assertThat(revisions(cluster)).isEqualTo(revisions);
    }
  }

  /** Rekey knows no URL of a key that was put there without it. */
  private static String hash(KeyId key) {
    return KeyIdHash.predict(key).label();
  }

  private static Map<String, Long> revisions(RealCluster cluster) {
    return cluster.testbed.etcd().secrets().stream()
        .collect(
            toMap(secret -> secret.namespace() + "/" + secret.name(), StoredSecret::modRevision));
  }
}
