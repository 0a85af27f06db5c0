package dev.rekey.cli;

import dev.rekey.operation.Kind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Turns KMS off for a cluster in Azure. */
@Command(
    name = "disable",
    mixinStandardHelpOptions = true,
    description = {
      "Turns KMS off for an AKS cluster, then stores every Secret plain, without reading one, and"
          + " proves it.",
      "Afterwards too the key must neither be deleted nor expire: AKS' API servers keep using it."
    },
    footer = {"", "Example: rekey disable --cluster ID --reason \"decommissioning, ticket 4711\""})
final class DisableCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init")
  private AzureOptions options;

  @Override
  public Integer call() throws InterruptedException {
    return options.carryOut(options.wish(Kind.DISABLE));
  }
}
