package dev.rekey.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say where a return must lead. */
final class ReturnOptions {
  @Option(
      names = "--to",
      paramLabel = "KEY-ID",
      description =
          "The key version that it must lead back to. Default: the one that everything was proved"
              + " under.")
  private @Nullable String to;

  Wish of(Wish wish) {
    return wish.to("--to", to);
  }
}
