package dev.rekey.cli;

import dev.rekey.operation.Kind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Plans how an unusable key version is brought back. */
@Command(
    name = "recover-expired-key",
    mixinStandardHelpOptions = true,
    description =
        "Says what rekey recover-expired-key would do to a cluster in Azure. Changes nothing.",
    footer = {"", "Example: rekey plan recover-expired-key --cluster ID"})
final class PlanRecoverExpiredKeyCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init")
  private PlanOptions plan;

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private RecoverExpiredKeyOptions way;

  @Override
  public Integer call() {
    return plan.plan(way.of(plan.wish(Kind.RECOVER_EXPIRED_KEY)));
  }
}
