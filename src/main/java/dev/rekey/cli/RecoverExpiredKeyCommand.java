package dev.rekey.cli;

import dev.rekey.operation.Kind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Brings back a cluster in Azure of which a key version in a slot has expired or was disabled. */
@Command(
    name = "recover-expired-key",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a key version in a slot of an AKS cluster usable again that has expired or was"
          + " disabled, once what lies under it was rescued as far as API servers can still read it;"
          + " then moves the cluster to a newer version and proves every Secret.",
      "It shows what it will do to the vault, and asks once more before it does."
    },
    footer = {"", "Example: rekey recover-expired-key --cluster ID --reason \"incident 4711\""})
final class RecoverExpiredKeyCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init")
  private AzureOptions options;

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private RecoverExpiredKeyOptions way;

  @Override
  public Integer call() throws InterruptedException {
    return options.carryOut(way.of(options.wish(Kind.RECOVER_EXPIRED_KEY)));
  }
}
