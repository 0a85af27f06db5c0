package dev.rekey.cli;

import dev.rekey.operation.Kind;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

  @Option(
      names = "--key",
      paramLabel = "KEY-ID",
      description =
          "The key version to bring back. Default: the one that records, vault and API servers"
              + " show, or else the newest one that AKS doesn't hold.")
  private @Nullable String key;

  @Override
  public Integer call() {
    return plan.plan(plan.wish(Kind.RECOVER_DROPPED_KEY).to("--key", key));
  }
}
