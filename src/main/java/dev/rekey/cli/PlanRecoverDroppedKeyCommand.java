package dev.rekey.cli;

import dev.rekey.operation.Kind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Plans the bringing back of a key version that AKS has dropped. */
@Command(
    name = "recover-dropped-key",
    mixinStandardHelpOptions = true,
    description =
        "Says what rekey recover-dropped-key would do to a cluster in Azure. Changes nothing.",
    footer = {"", "Example: rekey plan recover-dropped-key --cluster ID"})
final class PlanRecoverDroppedKeyCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init")
  private PlanOptions plan;

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private RecoverDroppedKeyOptions way;

  @Override
  public Integer call() {
    return plan.plan(way.of(plan.wish(Kind.RECOVER_DROPPED_KEY)));
  }
}
