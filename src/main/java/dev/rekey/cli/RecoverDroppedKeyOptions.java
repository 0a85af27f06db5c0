package dev.rekey.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say which key version is brought back. */
final class RecoverDroppedKeyOptions {
  @Option(
      names = "--key",
      paramLabel = "KEY-ID",
      description =
          "The key version to bring back. Default: the one that records, vault and API servers"
              + " show, or else the newest one that AKS doesn't hold.")
  private @Nullable String key;

  Wish of(Wish wish) {
    return wish.to("--key", key);
  }
}
