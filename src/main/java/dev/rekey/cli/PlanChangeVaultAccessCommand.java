package dev.rekey.cli;

import dev.rekey.operation.Kind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Plans a change of how the vault is reached. */
@Command(
    name = "change-vault-access",
    mixinStandardHelpOptions = true,
    description =
        "Says what rekey change-vault-access would do to a cluster in Azure. Changes nothing.",
    footer = {"", "Example: rekey plan change-vault-access --cluster ID --network-access public"})
final class PlanChangeVaultAccessCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init")
  private PlanOptions plan;

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private VaultAccessOptions way;

  @Override
  public Integer call() {
    return plan.plan(way.neededBy(plan.wish(Kind.CHANGE_VAULT_ACCESS)));
  }
}
