package dev.rekey.cli;

import dev.rekey.operation.Kind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Turns KMS on for a cluster in Azure. */
@Command(
    name = "enable",
    mixinStandardHelpOptions = true,
    description = {
      "Turns KMS on for an AKS cluster, then encrypts every Secret with the key, without reading"
          + " one, and proves it.",
      "For a cluster that isn't there yet: rekey plan enable --new."
    },
    footer = {
      "",
      "Example: rekey enable --cluster ID --key https://VAULT.vault.azure.net/keys/NAME/VERSION"
    })
final class EnableCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init")
  private AzureOptions options;

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private EnableOptions enable;

  @Override
  public Integer call() throws InterruptedException {
    return options.carryOut(enable.of(options.wish(Kind.ENABLE)));
  }
}
