package dev.rekey.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyId;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Operation;
import dev.rekey.testbed.PlainRequests;
import dev.rekey.testbed.Seed;
import dev.rekey.testbed.Slots;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Azure/kubernetes-kms#291: rotated twice without rewriting the Secrets in between, and those under
 * the first version can't be read by anyone, since AKS holds two versions only.
 */
class KubernetesKms291IT {

  @Test
  void withoutRekey_rotatingTwiceMakesSecretsUnreadable() throws Exception {
    try (RealCluster cluster = new RealCluster(1)) {
      Seed.plant(cluster.testbed.requests(), 20, 1024, 2);
      KeyId second = cluster.vault.createVersion(RealCluster.KEY);
      KeyId third = cluster.vault.createVersion(RealCluster.KEY);

      cluster.testbed.applyKey(second.url());
      cluster.testbed.configure(0, Slots.of(third.url(), second.url()));

      PlainRequests requests = cluster.testbed.requests(0);
      PlainRequests.Answer answer =
          requests.get(PlainRequests.secretPath("seeded-000", "secret-00000"));
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.body()).contains("no matching prefix found");
      assertThat(requests.get("/readyz").status()).isEqualTo(500);
    }
  }

  @Test
  void withRekey_secondRotationWhileTheFirstIsUnproved_isNotBegunBeforeTheProof() throws Exception {
    try (RealCluster cluster = new RealCluster(1)) {
      Seed seed = Seed.plant(cluster.testbed.requests(), 60, 1024, 3);
      long stored = cluster.stored(cluster.firstKey).get(cluster.firstKey.url());
      KeyId second = cluster.newVersionArrives();
      Operation rotation = runUntilArmShows(cluster, second);
      assertThat(cluster.stored(cluster.firstKey))
          .isEqualTo(Map.of(cluster.firstKey.url(), stored));

      KeyId third = cluster.newVersionArrives();
      cluster.rekey.reconcile();

      assertThat(cluster.active().id()).isEqualTo(rotation.id());
      assertThat(cluster.signals).contains("start-declined operation-active");
      assertThat(cluster.keyIdInArm()).isEqualTo(second.url());

      cluster.rekey.takeUp(cluster.active());
      cluster.finish(cluster.active());
      assertThat(cluster.stored(second)).isEqualTo(Map.of(second.url(), stored));

      cluster.rekey.reconcile();
      cluster.finish(cluster.active());
      assertThat(cluster.stored(third)).isEqualTo(Map.of(third.url(), stored));
      assertThat(seed.differences()).isEmpty();
    }
  }

  @Test
  void withRekey_someoneRotatedByHandAndLeftSecretsOnTheOldKey_theyAreRewrittenBeforeTheNextKey()
      throws Exception {
    try (RealCluster cluster = new RealCluster(1)) {
      Seed seed = Seed.plant(cluster.testbed.requests(), 60, 1024, 3);
      long stored = cluster.stored(cluster.firstKey).get(cluster.firstKey.url());
      KeyId second = cluster.vault.createVersion(RealCluster.KEY);
      cluster.vault.takeEvents();
      cluster.testbed.applyKey(second.url());
      cluster.arm.changedByAnother(cluster.name, body -> KeyIds.set(body, second));

      KeyId third = cluster.newVersionArrives();
      Operation rotation = cluster.finish(cluster.active());

      assertThat(cluster.stored(third)).isEqualTo(Map.of(third.url(), stored));
      assertThat(seed.differences()).isEmpty();
      Evidence evidence = cluster.evidence(rotation);
      assertThat(evidence.census().before()).containsKey(cluster.firstKey.url());
      assertThat(evidence.phases())
          .singleElement()
          .satisfies(
              phase -> {
                assertThat(phase.secrets().discovered()).isEqualTo(stored);
                assertThat(phase.secrets().rewritten()).isGreaterThan(stored / 2);
                assertThat(phase.secrets().remaining()).isZero();
              });
    }
  }

  /** Runs in short slices, so that it can be stopped between the update and the rewrite. */
  private static Operation runUntilArmShows(RealCluster cluster, KeyId key) throws Exception {
    Operation rotation = cluster.active();
    for (int slice = 0; slice < 400 && !cluster.keyIdInArm().equals(key.url()); slice++) {
      rotation = cluster.rekey.run(rotation, latest -> {}, Duration.ofMillis(50));
      Thread.sleep(50);
    }
    return rotation;
  }
}
