package dev.rekey.cli;

import dev.rekey.operation.Kind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Leads a cluster in Azure back from a key version that no API server could load. */
@Command(
    name = "return",
    mixinStandardHelpOptions = true,
    description = {
      "Leads an AKS cluster back from a key version that no API server could load to the one"
          + " before, under which everything was proved; then proves it once more.",
      "A rotation that has stalled on the way to that version gives way to it."
    },
    footer = {"", "Example: rekey return --cluster ID --reason \"version disabled by mistake\""})
final class ReturnCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init")
  private AzureOptions options;

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private ReturnOptions way;

  @Override
  public Integer call() throws InterruptedException {
    return options.carryOut(way.of(options.wish(Kind.RETURN)));
  }
}
