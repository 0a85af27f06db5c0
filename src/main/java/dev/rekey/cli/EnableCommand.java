package dev.rekey.cli;

import dev.rekey.operation.Kind;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
  private static final String KEY = "--key";

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private AzureOptions options;

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private VaultAccessOptions way;

  @Option(names = KEY, paramLabel = "KEY-ID", description = "The key version to encrypt with.")
  private @Nullable String key;

  @Override
  public Integer call() throws InterruptedException {
    Wish wish =
        options
            .wish(Kind.ENABLE)
            .needing(
                KEY,
                key,
                "the key version to encrypt with, as printed by `az keyvault key show --query"
                    + " key.kid`")
            .to(KEY, key)
            .over(way);
    return options.carryOut(wish);
  }
}
