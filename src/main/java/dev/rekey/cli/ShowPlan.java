package dev.rekey.cli;

import dev.rekey.operation.Decision;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.KubernetesVersion;
import dev.rekey.operation.OperationPlan;
import dev.rekey.operation.Reason;
import dev.rekey.operation.StepName;
import dev.rekey.operation.step.PointOfNoReturn;
import dev.rekey.web.PlanJson;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints what an operation would do, and gives the exit code. */
final class ShowPlan {
  private final OutputFormat format;
  private final PrintStream out;
  private final @Nullable String cluster;

  /**
   * @param cluster the cluster's ARM id, for what to type; null where there is only a kubeconfig
   */
  ShowPlan(OutputFormat format, PrintStream out, @Nullable String cluster) {
    this.format = format;
    this.cluster = cluster;
    this.out = out;
  }

  int show(OperationPlan plan) {
    if (format == OutputFormat.JSON) {
      out.println(PlanJson.text(plan));
    } else {
      print(plan);
    }
    out.flush();
    return ExitCode.of(plan);
  }

  private void print(OperationPlan plan) {
    out.printf(Locale.ROOT, "%nplan: %s of %s%n%n", plan.kind().token(), plan.cluster());
    route(plan.route().stops());
    KubernetesVersion upgradeTo = plan.route().upgradeTo();
    if (upgradeTo != null) {
      entry("upgrade", "Kubernetes to " + upgradeTo + ", the control plane alone, by Rekey itself");
    }
    entry("steps", plan.steps().stream().map(StepName::token).collect(Collectors.joining(", ")));
    entry("cancelling", PointOfNoReturn.sentence(plan.kind()));
    if (plan.route().isKnown()) {
      check(plan.decision());
    }
    out.print(SecretsPlanText.of(plan.secrets(), cluster));
    out.printf("%n%s", FindingsText.of(plan.findings()));
    out.printf("%nNothing was changed.%n");
  }

  private void route(List<KmsSettings> stops) {
    String label = "KMS is";
    KmsSettings last = null;
    for (KmsSettings stop : stops) {
      if (!stop.equals(last)) {
        entry(label, stop.toString());
      }
      label = "then";
      last = stop;
    }
  }

  /** What the operation itself would say first. */
  private void check(@Nullable Decision decision) {
    if (decision == null) {
      entry("check", "not known, since something gave no answer; see below");
    } else if (decision instanceof Decision.Refuse refuse) {
      told("refused", refuse.reason());
      refuse.detail().lines().limit(1).forEach(line -> entry("", line));
      entry("", refuse.reason().remedy());
    } else if (decision instanceof Decision.Wait wait) {
      told("waits", wait.reason());
    } else {
      entry("check", "passes");
    }
  }

  private void told(String what, Reason reason) {
    entry("check", what + " (" + reason.token() + "): " + reason.sentence());
  }

  private void entry(String label, String value) {
    out.printf(Locale.ROOT, "  %-18s %s%n", label, value);
  }
}
