package dev.rekey.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.testbed.PlainRequests.Answer;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The testbed does what the product's tests lean on. */
class TestbedIT {
  private static final String FIRST = "https://example.vault.azure.net/keys/mykey/0001";
  private static final String SECOND = "https://example.vault.azure.net/keys/mykey/0002";
  private static final String KEY_ID_HASH = "apiserver_envelope_encryption_key_id_hash_total";

  @Test
  void anEmptyPatchMovesOneSecretToTheKeyThatWasApplied() {
    try (Testbed testbed = Testbed.with(new KeysInMemory()).key(FIRST).start()) {
      Seed seed = Seed.plant(testbed.requests(), 50, 200, 5);
      assertThat(testbed.etcd().secrets()).hasSize(50);
      assertThat(keyIds(testbed)).containsExactly(KmsPlugin.keyIdOf(FIRST));

      testbed.applyKey(SECOND);
      testbed.requests().emptyPatch("seeded-001", "secret-00001").expectSuccess();

      assertThat(testbed.etcd().secrets())
          .filteredOn(secret -> secret.keyId().equals(KmsPlugin.keyIdOf(SECOND)))
          .singleElement()
          .isEqualTo(testbed.etcd().secret("seeded-001", "secret-00001"));
      assertThat(seed.differences()).isEmpty();
    }
  }

  @Test
  void metricsNameTheWriteKeyByTheHashOfItsKeyId() {
    try (Testbed testbed = Testbed.with(new KeysInMemory()).key(FIRST).start()) {
      Seed.plant(testbed.requests(), 1, 200, 1);

      assertThat(
              testbed
                  .requests()
                  .metrics()
                  .values("key_id_hash", KEY_ID_HASH, "transformation_type=\"to_storage\""))
          .containsExactly("sha256:" + Hash.sha256(KmsPlugin.keyIdOf(FIRST)));
    }
  }

  @Test
  void azuresWorkedExampleOfAKeyId() {
    String keyId = KmsPlugin.keyIdOf("https://example.vault.azure.net/keys/mykey/ABCD");

    assertThat(keyId).isEqualTo("567d783db3043fe298fe0d9eeedb0029a3815cdd4fe4b059d018c91e6acffe3b");
    assertThat(Hash.sha256(keyId))
        .isEqualTo("c5ffaa9600007a49764d00ac7b583f0ebed3f258965c8e45582a77e34f22e86f");
  }

  @Test
  void freshConnectionsThroughTheBalancerReachBothReplicas() {
    try (Testbed testbed = Testbed.with(new KeysInMemory()).replicas(2).key(FIRST).start()) {
      PlainRequests rekey = testbed.requests(testbed.rekey(), testbed.url());
      Set<String> first = serverIds(rekey.onFreshConnection());
      Set<String> second = serverIds(rekey.onFreshConnection());

      assertThat(first).hasSize(1);
      assertThat(second).hasSize(1).doesNotContainAnyElementsOf(first);
    }
  }

  @Test
  void oneReplicaMayBeAheadOfTheOther() {
    try (Testbed testbed = Testbed.with(new KeysInMemory()).replicas(2).key(FIRST).start()) {
      Seed.plant(testbed.requests(), 2, 200, 1);
      testbed.applyKey(0, SECOND);

      testbed.requests(0).emptyPatch("seeded-000", "secret-00000").expectSuccess();
      Answer behind = testbed.requests(1).emptyPatch("seeded-000", "secret-00000");

      assertThat(behind.status()).isEqualTo(500);
      assertThat(keyIds(testbed))
          .containsExactlyInAnyOrder(KmsPlugin.keyIdOf(FIRST), KmsPlugin.keyIdOf(SECOND));
    }
  }

  @Test
  void plainSecretsAreSeenAsPlain() {
    try (Testbed testbed = Testbed.with(new KeysInMemory()).start()) {
      Seed.plant(testbed.requests(), 11, 200, 1);
      assertThat(testbed.etcd().secrets()).hasSize(11).allMatch(StoredSecret::isPlain);

      testbed.applyKey(FIRST);
      testbed.requests().emptyPatch("seeded-000", "secret-00000").expectSuccess();
      testbed.applyPlain();
      testbed.requests().emptyPatch("seeded-000", "secret-00000").expectSuccess();

      assertThat(testbed.etcd().secrets()).allMatch(StoredSecret::isPlain);
    }
  }

  @Test
  void deniedAndBrokenNamespacesRefuseUpdatesUntilAllowed() {
    try (Testbed testbed = Testbed.with(new KeysInMemory()).key(FIRST).start()) {
      Seed seed = Seed.plant(testbed.requests(), 3, 200, 3);

      testbed.denySecretUpdates("seeded-000");
      testbed.breakSecretUpdates("seeded-001");
      assertThat(patchStatus(testbed)).containsExactly(422, 500, 200);

      testbed.allowSecretUpdates("seeded-000");
      testbed.allowSecretUpdates("seeded-001");
      assertThat(patchStatus(testbed)).containsExactly(200, 200, 200);
      assertThat(seed.differences()).isEmpty();
    }
  }

  @Test
  void rekeysUserMayPatchButNeitherReadNorDelete() {
    try (Testbed testbed = Testbed.with(new KeysInMemory()).key(FIRST).start()) {
      Seed.plant(testbed.requests(), 1, 200, 1);
      PlainRequests rekey = testbed.requests(testbed.rekey(), testbed.url());
      String path = PlainRequests.secretPath("seeded-000", "secret-00000");

      assertThat(rekey.emptyPatch("seeded-000", "secret-00000").status()).isEqualTo(200);
      assertThat(rekey.get(path).status()).isEqualTo(403);
      assertThat(rekey.delete(path).status()).isEqualTo(403);
    }
  }

  @Test
  void rawWritesToEtcdAreSeenAndGoAgain() {
    try (Testbed testbed = Testbed.with(new KeysInMemory()).key(FIRST).start()) {
      Seed.plant(testbed.requests(), 1, 200, 1);
      String damaged = "k8s:enc:kms:v2:azurekmsprovider-lost:";
      String key = Etcd.secretKey("seeded-000", "damaged");
      long revision = testbed.etcd().put(key, damaged.getBytes(UTF_8));

      assertThat(testbed.etcd().secret("seeded-000", "damaged"))
          .isEqualTo(new StoredSecret("seeded-000", "damaged", damaged, "", revision));
      assertThat(testbed.etcd().delete(key)).isEqualTo(1);
      assertThat(testbed.etcd().get(key)).isEmpty();
    }
  }

  private static Set<String> keyIds(Testbed testbed) {
    return testbed.etcd().secrets().stream().map(StoredSecret::keyId).collect(Collectors.toSet());
  }

  private static Set<String> serverIds(PlainRequests requests) {
    return requests
        .metrics()
        .values(
            "apiserver_id_hash",
            "apiserver_envelope_encryption_key_id_hash_status_last_timestamp_seconds");
  }

  private static List<Integer> patchStatus(Testbed testbed) {
    return List.of(
        testbed.requests().emptyPatch("seeded-000", "secret-00000").status(),
        testbed.requests().emptyPatch("seeded-001", "secret-00001").status(),
        testbed.requests().emptyPatch("seeded-002", "secret-00002").status());
  }
}
