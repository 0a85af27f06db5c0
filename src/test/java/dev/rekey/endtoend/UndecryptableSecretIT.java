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
import dev.rekey.testbed.StoredSecret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Secrets that nobody can read any more, among others. */
class UndecryptableSecretIT {
  private static final String BEFORE = "damaged-before";
  private static final String MANY = "many-000";
  private static final String MEANWHILE = "damaged-meanwhile";

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
                  BEFORE + "/garbled", "undecryptable",
                  MEANWHILE + "/garbled", "undecryptable"));
      assertThat(damage.looks).containsEntry(MEANWHILE + "/garbled", 4);
      assertThat(cluster.sumsThatDoNotHold(done)).isEmpty();
      assertThat(both.underTarget(secret -> secret.namespace().startsWith("seeded-"))).hasSize(200);
      assertThat(both.underTarget(secret -> secret.namespace().equals(MEANWHILE)))
          .contains(MEANWHILE + "/first", MEANWHILE + "/last");
      assertThat(both.underTarget(secret -> secret.namespace().equals(BEFORE)))
          .contains(BEFORE + "/first", BEFORE + "/last");
      assertThat(evidence.proof().unchanged()).isEqualTo(204);
      assertThat(evidence.census().unknown()).isEqualTo(2);
      assertThat(evidence.verdict().oldestKey()).isEqualTo("not-known");
      damage.assertUntouched(cluster);
      damage.takeAway(cluster);
      assertThat(seed.differences()).isEmpty();
    }
  }

  @Test
  void twoOfTwelveHundredInOneNamespaceAreDamaged_allOthersAreRewrittenAndProvedAndBothAreNamed()
      throws Exception {
    try (DisturbedCluster cluster = new DisturbedCluster()) {
      Seed seed = Seed.plant(cluster.testbed.requests(), "many", 1_200, 100, 1);
      OddSecrets odd = new OddSecrets(cluster.testbed);
      KeyId second = cluster.movedByHand(cluster.firstKey);
      List<String> names =
          cluster.testbed.etcd().secrets().stream()
              .filter(secret -> secret.namespace().equals(MANY))
              .map(StoredSecret::name)
              .sorted()
              .toList();
      Set<String> damaged = Set.of(MANY + "/" + names.get(0), MANY + "/" + names.get(777));
      damaged.forEach(full -> odd.garble(MANY, full.substring(MANY.length() + 1)));

      Operation done = cluster.reencrypt(second);

      assertThat(done.progress().ending().outcome()).isEqualTo(Ending.Outcome.COMPLETED);
      Evidence evidence = cluster.evidence(done);
      List<StoredSecret> stored = cluster.testbed.etcd().secrets();
      EtcdAndEvidence both = new EtcdAndEvidence(stored, evidence, second);
      assertThat(both.disagreements()).isEmpty();
      assertThat(both.reasons().keySet()).isEqualTo(damaged);
      assertThat(both.reasons().values()).containsOnly("undecryptable");
      assertThat(both.underTarget(secret -> secret.namespace().equals(MANY))).hasSize(1_198);
      assertThat(evidence.secrets().discovered()).isEqualTo(stored.size());
      assertThat(evidence.proof().unchanged()).isEqualTo(stored.size() - 2);
      assertThat(evidence.census().unknown()).isEqualTo(2);
      assertThat(evidence.verdict().oldestKey()).isEqualTo("not-known");
      assertThat(cluster.sumsThatDoNotHold(done)).isEmpty();
      damaged.forEach(full -> cluster.testbed.etcd().delete("/registry/secrets/" + full));
      awaitWholeLists(cluster);
      assertThat(seed.differences()).as("differences besides the damaged two").hasSize(2);
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
      awaitWholeLists(cluster);
    }
  }

  private static void awaitWholeLists(DisturbedCluster cluster) {
    PlainRequests admin = cluster.testbed.requests();
    Await.until(
        "whole lists answered",
        Duration.ofSeconds(60),
        () -> admin.get("/api/v1/secrets").status() == 200,
        () -> admin.get("/api/v1/secrets").toString());
  }
}
