package dev.rekey.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that say with which key KMS is turned on, and how its vault is reached. */
final class EnableOptions {
  private static final String KEY = "--key";

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private VaultAccessOptions way;

  @Option(names = KEY, paramLabel = "KEY-ID", description = "The key version to encrypt with.")
  private @Nullable String key;

  /** As it was typed; null if nothing was. */
  @Nullable String key() {
    return key;
  }

  Wish of(Wish wish) {
    return wish.needing(
            KEY,
            key,
            "the key version to encrypt with, as printed by `az keyvault key show --query key.kid`")
        .to(KEY, key)
        .over(way);
  }
}
