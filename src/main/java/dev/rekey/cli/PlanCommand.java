package dev.rekey.cli;

import dev.rekey.app.commandline.LocalRekey;
import dev.rekey.operation.Kind;
import dev.rekey.operation.OperationPlan;
import dev.rekey.operation.StepName;
import dev.rekey.operation.step.PointOfNoReturn;
import dev.rekey.web.PlanJson;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what a rewrite of a cluster's Secrets would do and how long it would take. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = {
      "Says what reencrypt would do: its steps, how many Secrets, and how long it would take.",
      "Changes nothing: it lists names and sends a dry-run patch of each Secret, which shows what"
          + " policies, webhooks and validation would refuse.",
      "Other kinds of operation have a command of their own below."
    },
    subcommands = PlanEnableCommand.class)
final class PlanCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init")
  private KubeconfigOptions options;

  @Override
  public Integer call() {
    try (LocalRekey rekey = options.open()) {
      OperationPlan plan =
          rekey.process().plan(rekey.cluster(), Kind.REENCRYPT, options.patience());
      show(plan, System.out);
      return ExitCode.ofFindings(plan.findings(), plan.secrets());
    }
  }

  private void show(OperationPlan plan, PrintStream out) {
    if (options.output() == OutputFormat.JSON) {
      out.println(PlanJson.text(plan));
    } else {
      print(plan, out);
    }
    out.flush();
  }

  private static void print(OperationPlan plan, PrintStream out) {
    String steps = plan.steps().stream().map(StepName::token).collect(Collectors.joining(", "));
    out.printf(Locale.ROOT, "%nplan: %s of %s%n%n", plan.kind().token(), plan.cluster());
    out.printf(Locale.ROOT, "  %-18s %s%n", "steps", steps);
    out.printf(Locale.ROOT, "  %-18s %s%n", "cancelling", PointOfNoReturn.sentence(plan.kind()));
    out.print(SecretsPlanText.of(plan.secrets()));
    out.printf("%n%s", FindingsText.of(plan.findings()));
    out.printf("%nNothing was changed.%n");
  }
}
