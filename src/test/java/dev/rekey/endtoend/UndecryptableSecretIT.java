package dev.rekey.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyId;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Operation;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.testbed.Await;
import dev.rekey.testbed.Etcd;
import dev.rekey.testbed.PlainRequests;
import dev.rekey.testbed.Seed;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Secrets that nobody can read any more, among others. */
class UndecryptableSecretIT {
  private static final String BEFORE = "damaged-before";
  private static final String MEANWHILE = "damaged-meanwhile";

  /**
   * A damaged Secret hides the rest of its namespace from lists, so it is only met by name when it
   * was damaged after the list.
   */
  @Test
  void oneIsDamagedBeforeAndOneDuringTheProof_bothAreExceptionsThatBlockTheVerdictAndDelayNoOther()
      throws Exception {
    try (DisturbedCluster cluster = new DisturbedCluster()) {
      Seed seed = Seed.plant(cluster.testbed.requests(), 200, 1024, 4);
      OddSecrets odd = new OddSecrets(cluster.testbed);
      for (String namespace : new String[] {BEFORE, MEANWHILE}) {
        odd.namespace(namespace);
        odd.create(namespace, "first", "", "");
        odd.create(namespace, "garbled", "", "");
        odd.create(namespace, "last", "", "");
      }
      KeyId second = cluster.movedByHand(cluster.firstKey);
      Damage damage = new Damage(odd);
      damage.garble(BEFORE);
      cluster.kubernetes.interference = damage;

      Operation done = cluster.reencrypt(second);

      assertThat(done.progress().ending().outcome()).isEqualTo(Ending.Outcome.COMPLETED);
      Evidence evidence = cluster.evidence(done);
      EtcdAndEvidence both =
          new EtcdAndEvidence(cluster.testbed.etcd().secrets(), evidence, second);
      assertThat(both.disagreements()).isEmpty();
      assertThat(both.reasons())
          .isEqualTo(
              Map.of(
                  BEFORE + "/*", "namespace-unlistable",
                  MEANWHILE + "/garbled", "undecryptable"));
      assertThat(damage.looks).containsEntry(MEANWHILE + "/garbled", 4);
      assertThat(cluster.sumsThatDoNotHold(done)).isEmpty();
      assertThat(both.underTarget(secret -> secret.namespace().startsWith("seeded-"))).hasSize(200);
      assertThat(both.underTarget(secret -> secret.namespace().equals(MEANWHILE)))
          .contains(MEANWHILE + "/first", MEANWHILE + "/last");
      assertThat(evidence.proof().unchanged()).isEqualTo(202);
      assertThat(evidence.census().unknown()).isEqualTo(1);
      assertThat(evidence.verdict().oldestKey()).isEqualTo("not-known");
      damage.assertUntouched(cluster);
      damage.takeAway(cluster);
      assertThat(seed.differences()).isEmpty();
    }
  }

  private static final class Damage implements Interference {
    private final Map<String, byte[]> garbled = new TreeMap<>();
    private final Map<String, Integer> looks = new TreeMap<>();
    private final OddSecrets odd;

    Damage(OddSecrets odd) {
      this.odd = odd;
    }

    void garble(String namespace) {
      garbled.put(namespace, odd.garble(namespace, "garbled"));
    }

    @Override
    public void beforePatch(SecretRef secret, int inFlight) {
      int times = looks.merge(secret.toString(), 1, Integer::sum);
      if (secret.toString().equals(MEANWHILE + "/garbled") && times == 2) {
        garble(MEANWHILE);
      }
    }

    void assertUntouched(DisturbedCluster cluster) {
      garbled.forEach(
          (namespace, bytes) -> {
            String key = Etcd.secretKey(namespace, "garbled");
            assertThat(cluster.testbed.etcd().get(key).orElseThrow().value()).isEqualTo(bytes);
          });
    }

    /** Until they are gone the API server answers no whole list. */
    void takeAway(DisturbedCluster cluster) {
      garbled
          .keySet()
          .forEach(
              namespace -> cluster.testbed.etcd().delete(Etcd.secretKey(namespace, "garbled")));
      PlainRequests admin = cluster.testbed.requests();
      Await.until(
          "whole lists answered",
          Duration.ofSeconds(60),
          () -> admin.get("/api/v1/secrets").status() == 200,
          () -> admin.get("/api/v1/secrets").toString());
    }
  }
}
