package dev.rekey.cli;

import dev.rekey.operation.Kind;
import dev.rekey.operation.recipe.NewCluster;
import dev.rekey.operation.recipe.NewClusterBicep;
import dev.rekey.operation.recipe.NewClusterScript;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Plans how KMS is turned on, or prints how a new cluster is made that has it on. */
@Command(
    name = "enable",
    mixinStandardHelpOptions = true,
    description = {
      "Says what rekey enable would do to a cluster in Azure. Changes nothing.",
      "With --new: prints what makes a new cluster whose Secrets are encrypted with a key of yours:"
          + " vault, key, identity, rights and cluster, in the order that works. Nothing is"
          + " contacted. --cluster is then the cluster's name, of which the other names are made,"
          + " and --key the key's, etcd if none is given."
    },
    footer = {
      "",
      "Example: rekey plan enable --cluster ID --key KEY-ID",
      "Example: rekey plan enable --new --cluster prod --location westeurope"
    })
final class PlanEnableCommand implements Callable<Integer> {
  /** What a new cluster's names are told with too. */
  private static final Set<String> OF_BOTH = Set.of("--cluster", "--key", "--output");

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private PlanOptions plan;

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private EnableOptions enable;

  @Option(names = "--new", description = "For a cluster that isn't there yet.")
  private boolean isNew;

  @Mixin(name = "asked")
  private final NewClusterOptions asked = new NewClusterOptions();

  @Option(
      names = "--bicep",
      description =
          "Only a Bicep file. Default: a shell script of az commands, which explains. For --new.")
  private boolean bicep;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public Integer call() {
    return isNew ? printNew() : planned();
  }

  private int planned() {
    BadOptions bad = new BadOptions();
    matched().stream()
        .filter(this::isOfNew)
        .forEach(option -> bad.add(option, "--new beside it; it is for nothing else"));
    bad.refuse();
    return plan.plan(enable.of(plan.wish(Kind.ENABLE)));
  }

  private int printNew() {
    BadOptions bad = new BadOptions();
    plan.refuseOptionsBefore(bad);
    matched().stream()
        .filter(option -> !isOfNew(option) && !OF_BOTH.contains(option))
        .forEach(
            option -> bad.add(option, "no --new beside it; it is for a cluster that is there"));
    if (plan.output() == OutputFormat.JSON) {
      bad.add("--output json", "text, or --bicep");
    }
    NewCluster wanted = asked.wanted(plan.azure().typed(), enable.key(), bad);
    System.out.print(bicep ? NewClusterBicep.of(wanted) : NewClusterScript.of(wanted));
    System.out.flush();
    return ExitCode.DONE;
  }

  private List<String> matched() {
    return spec.commandLine().getParseResult().matchedOptions().stream()
        .map(OptionSpec::longestName)
        .toList();
  }

  private boolean isOfNew(String option) {
    CommandSpec ofNew = Objects.requireNonNull(spec.mixins().get("asked"));
    return option.equals("--new") || option.equals("--bicep") || ofNew.findOption(option) != null;
  }
}
