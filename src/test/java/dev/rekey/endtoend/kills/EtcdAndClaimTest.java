package dev.rekey.endtoend.kills;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import dev.rekey.testbed.StoredSecret;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the comparison after each kill would find. */
class EtcdAndClaimTest {
  private static final KeyId FROM = key(1);
  private static final KeyId TARGET = key(2);

  private final EtcdAndClaim both = new EtcdAndClaim(Set.of("n/a", "n/b"), FROM, TARGET);

  @Test
  void allThereAndTheClaimHolds_nothingIsFound() {
    assertThat(found(1, stored("a", FROM), stored("b", TARGET))).isEmpty();
    assertThat(found(0, stored("a", TARGET), stored("b", TARGET))).isEmpty();
  }

  @Test
  void secretGone_found() {
    assertThat(found(0, stored("a", FROM))).containsExactly("n/b is gone");
  }

  @Test
  void secretAdded_found() {
    assertThat(found(0, stored("a", FROM), stored("b", FROM), stored("c", FROM)))
        .containsExactly("n/c was never planted");
  }

  @Test
  void secretPlain_found() {
    StoredSecret plain = new StoredSecret("n", "b", "", "", 7);

    assertThat(found(0, stored("a", FROM), plain))
        .containsExactly("n/b lies under neither key: plain");
  }

  @Test
  void secretUnderAThirdKey_found() {
    assertThat(found(0, stored("a", FROM), stored("b", key(3))))
        .singleElement()
        .asString()
        .startsWith("n/b lies under neither key: kms " + KeyIdHash.kmsKeyId(key(3)));
  }

  @Test
  void recordsClaimMoreThanEtcdHolds_found() {
    assertThat(found(2, stored("a", FROM), stored("b", TARGET)))
        .singleElement()
        .asString()
        .startsWith("etcd holds 1 under the target, the records claim ");
  }

  @Test
  void recordsClaimItOfAnotherKey_found() {
    Claim claim = new Claim(KeyIdHash.predict(FROM), 1);

    assertThat(both.disagreements(claim, List.of(stored("a", FROM), stored("b", TARGET))))
        .singleElement()
        .asString()
        .startsWith("the records name another target: ");
  }

  private List<String> found(int claimed, StoredSecret... stored) {
    return both.disagreements(new Claim(KeyIdHash.predict(TARGET), claimed), List.of(stored));
  }

  private static StoredSecret stored(String name, KeyId key) {
    return new StoredSecret("n", name, "kms", KeyIdHash.kmsKeyId(key), 7);
  }

  private static KeyId key(int version) {
    return KeyId.parse("https://example.vault.azure.net/keys/kills/" + version, Cloud.PUBLIC);
  }
}
