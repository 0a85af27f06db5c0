package dev.rekey.size;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.testbed.KeysInMemory;
import dev.rekey.testbed.KmsPlugin;
import dev.rekey.testbed.Testbed;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The command line with 128 MB of heap on a real API server. {@code -Dsize.secrets=100000} makes it
 * as large as it is promised for: a fifth in one namespace, the others in namespaces of 80.
 */
class HeapIT {
  private static final int SECRETS = Integer.getInteger("size.secrets", 20_000);
  private static final boolean SPREAD = SECRETS > 20_000;
  private static final int FEW = SECRETS / 10;

  /** An API server takes a little less than a MiB in one Secret. */
  private static final int NEARLY_A_MEBIBYTE = (1 << 20) - 4096;

  private static final int LARGE_ONES = 40;

  private final Testbed testbed = Testbed.with(new KeysInMemory()).key(key(1)).start();

  @AfterEach
  void stop() {
    testbed.close();
  }

  @Test
  void tenTimesAsManySecretsAndSomeOfAMebibyte_noMoreHeapIsInUse() throws Exception {
    fill("few-", FEW);
    TypedReencrypt few = reencryptUnder(2);

    fill("many-", SECRETS - FEW);
    new ManySecrets(testbed.requests(), NEARLY_A_MEBIBYTE).create("large", LARGE_ONES);
    TypedReencrypt many = reencryptUnder(3);

    System.out.println(few.figures());
    System.out.println(many.figures());
    assertAllProved(few, FEW, 2);
    assertAllProved(many, SECRETS + LARGE_ONES, 3);
    assertThat(many.heap().peak()).isLessThan(128);
    assertThat(many.heap().live())
        .as("MB in use, %s; before %s", many.figures(), few.figures())
        .isLessThan(few.heap().live() + 12);
  }

  /** Most in one namespace, or a fifth of all where there are many. */
  private void fill(String prefix, int count) throws InterruptedException {
    ManySecrets many = new ManySecrets(testbed.requests(), 1024);
    int inOne = SPREAD ? count / 5 : count;
    many.create(prefix + "one", inOne);
    for (int left = count - inOne; left > 0; left -= 80) {
      many.create(prefix + left, Math.min(80, left));
    }
  }

  private TypedReencrypt reencryptUnder(int version) throws Exception {
    testbed.applyKey(key(version));
    Path folder = Files.createTempDirectory(testbed.folder(), "reencrypt");
    return TypedReencrypt.run(testbed.kubeconfig(testbed.rekey(), testbed.url()), folder);
  }

  private void assertAllProved(TypedReencrypt run, long secrets, int version) {
    assertThat(run.evidence().at("/secrets/discovered").asLong()).isEqualTo(secrets);
    assertThat(run.evidence().at("/proof/unchanged").asLong()).isEqualTo(secrets);
    if (version == 3) {
      assertThat(testbed.etcd().secrets())
          .allSatisfy(
              secret -> assertThat(secret.keyId()).isEqualTo(KmsPlugin.keyIdOf(key(version))));
    }
  }

  private static String key(int version) {
    return "https://example.vault.azure.net/keys/size/%04d".formatted(version);
  }
}
