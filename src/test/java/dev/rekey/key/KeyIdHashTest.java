package dev.rekey.key;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyIdHashTest {
  private static final KeyId KEY_ID =
      KeyId.parse("https://example.vault.azure.net/keys/mykey/ABCD", Cloud.PUBLIC);

  @Test
  void keyIdOfAzuresPluginIsTheHashOfTheUrl() {
    assertThat(KeyIdHash.kmsKeyId(KEY_ID))
        .isEqualTo("567d783db3043fe298fe0d9eeedb0029a3815cdd4fe4b059d018c91e6acffe3b");
  }

  @Test
  void labelOfTheApiServerIsTheHashOfThatHash() {
    assertThat(KeyIdHash.predict(KEY_ID).label())
        .isEqualTo("sha256:c5ffaa9600007a49764d00ac7b583f0ebed3f258965c8e45582a77e34f22e86f");
  }

  @Test
  void hashesAreShownAndOrderedByTheirLabel() {
    KeyIdHash one = new KeyIdHash("sha256:" + "1".repeat(64));
    KeyIdHash two = new KeyIdHash("sha256:" + "2".repeat(64));

    assertThat(one).hasToString("sha256:" + "1".repeat(64)).isLessThan(two);
    assertThat(two).isGreaterThan(one);
  }

  @Test
  void prefixOfKmsV1_namesNoKeyAndIsKnownAsThat() {
    assertThat(new KeyIdHash("k8s:enc:kms:v1:azurekmsprovider:").isOfKmsV1()).isTrue();
    assertThat(KeyIdHash.predict(KEY_ID).isOfKmsV1()).isFalse();
  }
}
