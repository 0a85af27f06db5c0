package dev.rekey.cli;

import dev.rekey.key.Cloud;
import dev.rekey.operation.Kind;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of the commands that change a cluster in Azure. */
final class AzureOptions {
  @Mixin
  @SuppressWarnings("NullAway.Init")
  private ClusterInAzure azure;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description =
          "A kubeconfig of the cluster; it is compared with the one that AKS hands out. Default:"
              + " the one that AKS hands out, with a token of Entra for whoever is logged in.")
  private @Nullable Path kubeconfig;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "The kubeconfig's context. Default: its current one.")
  private @Nullable String context;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = Person.UNSAID,
      description = "Why, in one line; the evidence holds it. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init")
  private String reason;

  @Option(
      names = "--yes",
      description = "Don't ask before the cluster is changed. Needed where nobody can be asked.")
  private boolean yes;

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private RunOptions run;

  /** What these options ask for; those of the kind alone follow. */
  Wish wish(Kind kind) {
    BadOptions bad = new BadOptions();
    Cloud cloud = azure.cloud(bad);
    Wish wish =
        new Wish(
            kind,
            cloud,
            azure.target(kubeconfig, context, run, bad),
            Person.atThisMachine(reason, bad),
            bad);
    if (!yes && Terminal.input() == null) {
      bad.add("--yes", "it where input or output is no terminal, since nobody can be asked there");
    }
    return wish;
  }

  /**
   * Carries it out.
   *
   * @throws BadOption with a line for each option that can't be used
   */
  int carryOut(Wish wish) throws InterruptedException {
    return new AzureRun(azure, run, yes).run(wish.check());
  }
}
