package dev.rekey.cli;

import dev.rekey.operation.Kind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells how many Secrets of a cluster lie under which key. */
@Command(
    name = "census",
    mixinStandardHelpOptions = true,
    description = {
      "Counts how many Secrets lie under which key, plain ones included. Changes nothing.",
      "It sends one dry-run patch per Secret and reads the API servers' counters before and after."
    })
final class CensusCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init")
  private KubeconfigOptions options;

  @Override
  public Integer call() throws InterruptedException {
    return new KubeconfigRun(options).run(Kind.CENSUS);
  }
}
