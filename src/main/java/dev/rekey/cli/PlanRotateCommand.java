package dev.rekey.cli;

import dev.rekey.operation.Kind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Plans a rotation. */
@Command(
    name = "rotate",
    mixinStandardHelpOptions = true,
    description = "Says what rekey rotate would do to a cluster in Azure. Changes nothing.",
    footer = {"", "Example: rekey plan rotate --cluster ID --to KEY-ID"})
final class PlanRotateCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init")
  private PlanOptions plan;

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private RotateOptions rotate;

  @Override
  public Integer call() {
    return plan.plan(rotate.of(plan.wish(Kind.ROTATE)));
  }
}
