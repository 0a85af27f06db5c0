package dev.rekey.cli;

import dev.rekey.operation.Kind;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

  @Option(
      names = "--to",
      paramLabel = "KEY-ID",
      description = "The key version to move to afterwards. Default: the newest that can be used.")
  private @Nullable String to;

  @Override
  public Integer call() {
    return plan.plan(plan.wish(Kind.RECOVER_EXPIRED_KEY).to("--to", to));
  }
}
