package dev.rekey.cli;

import dev.rekey.app.commandline.KubeconfigRekey;
import dev.rekey.operation.Examination;
import dev.rekey.web.ExaminationJson;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Callable;
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
          + " refuse.",
      "Exit code 4 if an operation would be refused, 3 if some Secrets would not be rewritten."
    })
final class DoctorCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init")
  private KubeconfigOptions options;

  @Override
  public Integer call() {
    try (KubeconfigRekey rekey = options.open()) {
      Examination examination = rekey.process().examine(rekey.cluster(), null, options.patience());
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
      out.printf("%n%s%nNothing was changed.%n", SecretsPlanText.of(examination.secrets()));
    }
    out.flush();
  }
}
