package dev.rekey.endtoend;

import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import dev.rekey.testbed.StoredSecret;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many of the Secrets in raw etcd lie under which key. */
final class StoredUnder {
  private StoredUnder() {}

  /**
   * By the URL of the key where it is known, {@code plain} for plain ones, and the stored prefix
   * where no key id is stored, as under KMS v1.
   */
  static Map<String, Long> counts(List<StoredSecret> secrets, KeyId... known) {
    Map<String, String> names = new TreeMap<>();
    for (KeyId key : known) {
      names.put(KeyIdHash.kmsKeyId(key), key.url());
    }
    Map<String, Long> counts = new TreeMap<>();
    for (StoredSecret secret : secrets) {
      String unknown = secret.keyId().isEmpty() ? secret.prefix() : secret.keyId();
      String key = secret.isPlain() ? "plain" : names.getOrDefault(secret.keyId(), unknown);
      counts.merge(key, 1L, Long::sum);
    }
    return counts;
  }
}
