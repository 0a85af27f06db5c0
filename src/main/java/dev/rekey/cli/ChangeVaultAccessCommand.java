package dev.rekey.cli;

import dev.rekey.operation.Kind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Changes how a cluster in Azure reaches the vault of its key. */
@Command(
    name = "change-vault-access",
    mixinStandardHelpOptions = true,
    description = {
      "Changes how an AKS cluster reaches the vault of its key. AKS allows that only while KMS is"
          + " off, so: turns it off, opens or closes the vault, turns it on again. Every Secret is"
          + " rewritten and proved twice, and is stored plain in between."
    },
    footer = {
      "",
      "Example: rekey change-vault-access --cluster ID --network-access private"
          + " --key-vault-resource-id VAULT-ID"
    })
final class ChangeVaultAccessCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init")
  private AzureOptions options;

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private VaultAccessOptions way;

  @Override
  public Integer call() throws InterruptedException {
    return options.carryOut(way.neededBy(options.wish(Kind.CHANGE_VAULT_ACCESS)));
  }
}
