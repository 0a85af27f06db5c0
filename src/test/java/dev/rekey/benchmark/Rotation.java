package dev.rekey.benchmark;

import dev.rekey.testbed.KmsPlugin;
import dev.rekey.testbed.Testbed;
import java.util.List;
import java.util.stream.IntStream;

/** Makes every Secret stale before a client's turn, and sees to it that none is afterwards. */
final class Rotation {
  private final Testbed testbed;
  private int version = 1;

  /** Of a testbed that was started with {@link #first}. */
  Rotation(Testbed testbed) {
    this.testbed = testbed;
  }

  static String first() {
    return url(1);
  }

  private static String url(int version) {
    return "https://example.vault.azure.net/keys/benchmark/%04d".formatted(version);
  }

  /** Restarts the API server with a new key version: the reload's poll can take a minute. */
  void makeAllStale() {
    version++;
    testbed.applyKey(url(version));
  }

  /** A client that leaves some out isn't fast, and the next rotation would make them unreadable. */
  void checkNoneIsStale(String client) {
    String current = KmsPlugin.keyIdOf(url(version));
    List<String> stale =
        testbed.etcd().secrets().stream()
            .filter(secret -> !secret.keyId().equals(current))
            .map(secret -> secret.namespace() + "/" + secret.name())
            .toList();
    if (!stale.isEmpty()) {
      throw new IllegalStateException(
          "%s left %d Secrets under the old key, such as %s"
              .formatted(client, stale.size(), stale.get(0)));
    }
  }

  /** Calls so far, to encrypt and to decrypt, of all versions; health checks aren't counted. */
  long vaultCalls() {
    return IntStream.rangeClosed(1, version)
        .mapToObj(number -> testbed.plugin(url(number)))
        .mapToLong(plugin -> plugin.encrypts() + plugin.decrypts())
        .sum();
  }
}
