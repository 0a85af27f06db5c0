package dev.rekey.cli;

import dev.rekey.app.commandline.AzureRekey;
import dev.rekey.app.commandline.LocalRekey;
import dev.rekey.key.Cloud;
import dev.rekey.operation.Examination;
import dev.rekey.web.ExaminationJson;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what is wrong with a cluster, and what to type. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Says what is wrong with a cluster: what was seen, what was expected, what to type.",
      "Changes nothing: it asks for what every operation needs, lists names, and sends a dry-run"
          + " patch of each Secret, which shows what policies, webhooks and validation would"
          + " refuse. Of a cluster in Azure, which --cluster names, it looks at its identity, vault,"
          + " key, rights, network and node pools too.",
      "Exit code 4 if an operation would be refused, 3 if some Secrets would not be rewritten."
    },
    footer = {
      "",
      "Example: rekey doctor --cluster $(az aks show -n NAME -g GROUP --query id -o tsv)"
    })
final class DoctorCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init")
  private KubeconfigOptions options;

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private ClusterInAzure azure;

  @Override
  public Integer call() {
    return azure.isNamed() ? inAzure() : examine(options.open(), null);
  }

  private int inAzure() {
    BadOptions bad = new BadOptions();
    Cloud cloud = azure.cloud(bad);
    AzureRekey.Target target = options.in(azure, bad);
    bad.refuse();
    return examine(azure.open(target, cloud), cloud);
  }

  /**
   * @param cloud where the cluster is; null where there is only a kubeconfig
   */
  private int examine(LocalRekey opened, @Nullable Cloud cloud) {
    try (LocalRekey rekey = opened) {
      Examination examination = rekey.process().examine(rekey.cluster(), cloud, options.patience());
      show(examination, System.out);
      return ExitCode.ofFindings(examination.findings(), examination.secrets());
    }
  }

  private void show(Examination examination, PrintStream out) {
    if (options.output() == OutputFormat.JSON) {
      out.println(ExaminationJson.text(examination));
    } else {
      out.printf(Locale.ROOT, "%ndoctor: %s%n%n", examination.cluster());
      out.print(FindingsText.of(examination.findings()));
      String secrets = SecretsPlanText.of(examination.secrets(), azure.typed());
      out.printf("%n%s%nNothing was changed.%n", secrets);
    }
    out.flush();
  }
}
