package dev.rekey.cli;

import dev.rekey.operation.Kind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Brings back a key version that AKS has dropped while Secrets still lay under it. */
@Command(
    name = "recover-dropped-key",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a key version of an AKS cluster current again that was dropped while Secrets still lay"
          + " under it, as by two rotations without a rewrite; proves every Secret, then moves the"
          + " cluster forward to the newest version and proves them once more.",
      "What can be read is written under the current version and counted first: nothing may lie"
          + " under the version that this drops. It shows what can't be checked, and asks once more"
          + " before it changes the cluster."
    },
    footer = {
      "",
      "Example: rekey recover-dropped-key --cluster ID --reason \"incident 4711\"",
      "If some Secrets still can't be decrypted afterwards, type it again: it tries the next older"
          + " version."
    })
final class RecoverDroppedKeyCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init")
  private AzureOptions options;

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private RecoverDroppedKeyOptions way;

  @Override
  public Integer call() throws InterruptedException {
    return options.carryOut(way.of(options.wish(Kind.RECOVER_DROPPED_KEY)));
  }
}
