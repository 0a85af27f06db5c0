package dev.rekey.cli;

import dev.rekey.operation.Kind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Plans how KMS is turned off. */
@Command(
    name = "disable",
    mixinStandardHelpOptions = true,
    description = "Says what rekey disable would do to a cluster in Azure. Changes nothing.",
    footer = {"", "Example: rekey plan disable --cluster ID"})
final class PlanDisableCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init")
  private PlanOptions plan;

  @Override
  public Integer call() {
    return plan.plan(plan.wish(Kind.DISABLE));
  }
}
