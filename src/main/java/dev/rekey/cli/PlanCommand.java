package dev.rekey.cli;

import dev.rekey.app.commandline.KubeconfigRekey;
import dev.rekey.operation.Kind;
import dev.rekey.operation.OperationPlan;
import dev.rekey.operation.StepName;
import dev.rekey.reencryption.Estimate;
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
      "Changes nothing: it lists names and times up to 200 dry-run patches.",
      "Other kinds of operation have a command of their own below."
    },
    subcommands = PlanEnableCommand.class)
final class PlanCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init")
  private KubeconfigOptions options;

  @Override
  public Integer call() {
    try (KubeconfigRekey rekey = options.open()) {
      rekey.checkAccess();
      OperationPlan plan = rekey.process().plan(rekey.cluster(), Kind.REENCRYPT);
      show(plan, System.out);
    }
    return ExitCode.DONE;
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
    Estimate estimate = plan.estimate();
    String steps = plan.steps().stream().map(StepName::token).collect(Collectors.joining(", "));
    out.printf(Locale.ROOT, "%nplan: %s of %s%n%n", plan.kind().token(), plan.cluster());
    entry(out, "steps", steps);
    entry(out, "Secrets", String.format(Locale.ROOT, "%,d", estimate.secrets()));
    entry(out, "shards", String.format(Locale.ROOT, "%,d", estimate.shards()));
    entry(
        out,
        "estimate",
        String.format(
            Locale.ROOT,
            "%,d s to write and prove, if all are stale (%,d dry-run patches: %,.0f/s)",
            estimate.seconds(),
            estimate.sampled(),
            estimate.looksPerSecond()));
    out.printf("%nNothing was changed.%n");
  }

  private static void entry(PrintStream out, String label, String value) {
    out.printf(Locale.ROOT, "  %-18s %s%n", label, value);
  }
}
