package dev.rekey.cli;

import dev.rekey.app.commandline.LocalRekey;
import dev.rekey.operation.Kind;
import dev.rekey.operation.OperationPlan;
import dev.rekey.service.PlanAnswer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** Options of the commands that plan an operation, and what they do. */
final class PlanOptions {
  @Mixin
  @SuppressWarnings("NullAway.Init")
  private KubeconfigOptions options;

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private ClusterInAzure azure;

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init")
  private CommandSpec command;

  ClusterInAzure azure() {
    return azure;
  }

  OutputFormat output() {
    return options.output();
  }

  /** What is to be planned for a cluster in Azure; those of the kind alone follow. */
  Wish wish(Kind kind) {
    BadOptions bad = new BadOptions();
    refuseOptionsBefore(bad);
    return options.wish(kind, azure, bad);
  }

  /** Options before the kind are those of another plan: they would be passed over in silence. */
  void refuseOptionsBefore(BadOptions bad) {
    CommandSpec parent = command.parent();
    if (parent.parent() == null) {
      return; // no kind was typed, so they are this command's own
    }
    for (OptionSpec option : parent.commandLine().getParseResult().matchedOptions()) {
      String kind = command.name();
      bad.add(option.longestName(), "it after " + kind + ", if " + kind + " has it, not before");
    }
  }

  /**
   * Plans it and shows the plan.
   *
   * @throws BadOption with a line for each option that can't be used
   */
  int plan(Wish wish) {
    try (LocalRekey rekey = azure.open(wish.check())) {
      PlanAnswer answer = rekey.process().plan(wish.request(), options.patience());
      return answer instanceof PlanAnswer.Planned planned
          ? show(planned.plan())
          : new ShowResult(output(), System.out, System.err)
              .declined(((PlanAnswer.Declined) answer).cause());
    }
  }

  /** The plan of a rewrite, of a cluster that is known by its kubeconfig alone. */
  int planRewrite() {
    try (LocalRekey rekey = options.open()) {
      return show(rekey.process().plan(rekey.cluster(), Kind.REENCRYPT, options.patience()));
    }
  }

  private int show(OperationPlan plan) {
    return new ShowPlan(output(), System.out, azure.typed()).show(plan);
  }
}
