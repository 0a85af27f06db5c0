package dev.rekey.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that say where a rotation leads. */
final class RotateOptions {
  @Mixin
  @SuppressWarnings("NullAway.Init")
  private VaultAccessOptions way;

  @Option(
      names = "--to",
      paramLabel = "KEY-ID",
      description =
          "The key version to move to; of another key or vault too. Default: the newest version of"
              + " the cluster's own key that can be used.")
  private @Nullable String to;

  @Option(
      names = "--expect",
      paramLabel = "KEY-ID",
      description = "Begin only if the cluster uses this version now.")
  private @Nullable String expected;

  Wish of(Wish wish) {
    return wish.from("--expect", expected).to("--to", to).over(way);
  }
}
