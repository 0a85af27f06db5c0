package dev.rekey.cli;

import dev.rekey.operation.Kind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Plans the way back to the key version before. */
@Command(
    name = "return",
    mixinStandardHelpOptions = true,
    description = "Says what rekey return would do to a cluster in Azure. Changes nothing.",
    footer = {"", "Example: rekey plan return --cluster ID"})
final class PlanReturnCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init")
  private PlanOptions plan;

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private ReturnOptions way;

  @Override
  public Integer call() {
    return plan.plan(way.of(plan.wish(Kind.RETURN)));
  }
}
