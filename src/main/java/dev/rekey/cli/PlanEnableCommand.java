package dev.rekey.cli;

import dev.rekey.operation.recipe.NewCluster;
import dev.rekey.operation.recipe.NewClusterBicep;
import dev.rekey.operation.recipe.NewClusterScript;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints how a new cluster is made that encrypts its Secrets from the first one on. */
@Command(
    name = "enable",
    mixinStandardHelpOptions = true,
    description = {
      "Prints what makes a new cluster whose Secrets are encrypted with a key of yours: vault,"
          + " key, identity, rights and cluster, in the order that works.",
      "Nothing is contacted and nothing is changed."
    })
final class PlanEnableCommand implements Callable<Integer> {
  @Option(
      names = "--new",
      required = true,
      description = "For a cluster that isn't there yet; the only one that can be planned today.")
  @SuppressWarnings("UnusedVariable") // Asked for, so that it can be left out one day.
  private boolean isNew;

  @Mixin private final NewClusterOptions asked = new NewClusterOptions();

  @Option(
      names = "--bicep",
      description = "Only a Bicep file. Default: a shell script of az commands, which explains.")
  private boolean bicep;

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text; there is no json of it. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init")
  private OutputFormat output;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public Integer call() {
    BadOptions bad = new BadOptions();
    refuseOptionsOfPlan(bad);
    if (output == OutputFormat.JSON) {
      bad.add("--output json", "text, or --bicep");
    }
    NewCluster wanted = asked.wanted(bad);
    System.out.print(bicep ? NewClusterBicep.of(wanted) : NewClusterScript.of(wanted));
    System.out.flush();
    return ExitCode.DONE;
  }

  /**
   * Options before {@code enable} are those of another plan: they would be passed over in silence.
   */
  private void refuseOptionsOfPlan(BadOptions bad) {
    for (OptionSpec option : spec.parent().commandLine().getParseResult().matchedOptions()) {
      bad.add(option.longestName(), "it after enable, if enable has it, not before");
    }
  }
}
