package dev.rekey.cli;

import dev.rekey.operation.Kind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Moves a cluster in Azure to another key version. */
@Command(
    name = "rotate",
    mixinStandardHelpOptions = true,
    description = {
      "Moves an AKS cluster to another version of its key, or to another key or vault, once every"
          + " Secret is proved to lie under the version in use; then rewrites every Secret and"
          + " proves it.",
      "Stopped at any point, it goes on where it was when typed again."
    },
    footer = {
      "",
      "Example: rekey rotate --cluster $(az aks show -n NAME -g GROUP --query id -o tsv)"
    })
final class RotateCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init")
  private AzureOptions options;

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private RotateOptions rotate;

  @Override
  public Integer call() throws InterruptedException {
    return options.carryOut(rotate.of(options.wish(Kind.ROTATE)));
  }
}
