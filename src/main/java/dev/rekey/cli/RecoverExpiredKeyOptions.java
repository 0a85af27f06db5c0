package dev.rekey.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say where the cluster is led once its key can be used again. */
final class RecoverExpiredKeyOptions {
  @Option(
      names = "--to",
      paramLabel = "KEY-ID",
      description =
          "The key version to move to afterwards. Default: the newest version of the cluster's own"
              + " key that can be used.")
  private @Nullable String to;

  Wish of(Wish wish) {
    return wish.to("--to", to);
  }
}
