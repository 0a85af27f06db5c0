package dev.rekey.cli;

import dev.rekey.operation.Kind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what an operation would do to a cluster, and how long it would take. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = {
      "Says what an operation would do: its steps, what stands against it, how many Secrets, and how"
          + " long it would take. Without a kind below: what reencrypt would do.",
      "Changes nothing: it lists names and sends a dry-run patch of each Secret, which shows what"
          + " policies, webhooks and validation would refuse. Of a cluster in Azure, which --cluster"
          + " names, it makes the checks that the operation begins with.",
      "Exit code 4 if the operation would be refused, 3 if it would wait, or some Secrets would not"
          + " be rewritten."
    },
    footer = {"", "Example: rekey plan rotate --cluster ID"},
    subcommands = {
      PlanRotateCommand.class,
      PlanEnableCommand.class,
      PlanDisableCommand.class,
      PlanChangeVaultAccessCommand.class,
      PlanMigrateToKmsV2Command.class,
      PlanRecoverExpiredKeyCommand.class,
      PlanRecoverDroppedKeyCommand.class,
      PlanReturnCommand.class
    })
final class PlanCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init")
  private PlanOptions plan;

  @Override
  public Integer call() {
    return plan.azure().isNamed() ? plan.plan(plan.wish(Kind.REENCRYPT)) : plan.planRewrite();
  }
}
