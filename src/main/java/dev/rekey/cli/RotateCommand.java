package dev.rekey.cli;

import dev.rekey.operation.Kind;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
  private VaultAccessOptions way;

  @Option(
      names = "--to",
      paramLabel = "KEY-ID",
      description =
          "The key version to move to; of another key or vault too. Default: the newest version of"
              + " the cluster's own key that can be used.")
  private @Nullable String to;

  @Option(
      names = "--expect",
      paramLabel = "KEY-ID",
      description = "Begin only if the cluster uses this version now.")
  private @Nullable String expected;

  @Override
  public Integer call() throws InterruptedException {
    Wish wish = options.wish(Kind.ROTATE).from("--expect", expected).to("--to", to).over(way);
    return options.carryOut(wish);
  }
}
