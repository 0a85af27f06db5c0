package dev.rekey.cli;

import dev.rekey.operation.Kind;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

  @Option(
      names = "--to",
      paramLabel = "KEY-ID",
      description =
          "The key version that it must lead back to. Default: the one that everything was proved"
              + " under.")
  private @Nullable String to;

  @Override
  public Integer call() {
    return plan.plan(plan.wish(Kind.RETURN).to("--to", to));
  }
}
