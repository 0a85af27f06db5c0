package dev.rekey.cli;

import dev.rekey.app.commandline.AzureRekey;
import dev.rekey.app.commandline.KeptRecords;
import dev.rekey.app.commandline.KubeconfigRekey;
import dev.rekey.app.commandline.LocalRekey;
import dev.rekey.kubernetes.Kubeconfig;
import dev.rekey.operation.Kind;
import dev.rekey.reencryption.Limits;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of the commands that work on a real cluster. */
final class KubeconfigOptions {
  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description =
          "The kubeconfig of the cluster. Default: the file in $KUBECONFIG, or ~/.kube/config.")
  private @Nullable Path kubeconfig;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "Its context. Default: the current one.")
  private @Nullable String context;

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private RunOptions run;

  LocalRekey open() {
    BadOptions bad = new BadOptions();
    Limits limits = run.limits(bad);
    bad.refuse();
    return KubeconfigRekey.open(file(), context, run.records(), limits);
  }

  /** What is wanted of a cluster in Azure; only of use if nothing is bad. */
  Wish wish(Kind kind, ClusterInAzure azure, BadOptions bad) {
    return new Wish(kind, azure.cloud(bad), in(azure, bad), Person.atThisMachine(), bad);
  }

  /** Where to work, on a cluster in Azure; only of use if nothing is bad. */
  AzureRekey.Target in(ClusterInAzure azure, BadOptions bad) {
    return azure.target(kubeconfig, context, run, bad);
  }

  /** The records of this cluster. */
  KeptRecords records() {
    return KeptRecords.open(run.records(), Kubeconfig.read(file(), context).distinctName());
  }

  /** The records of a cluster in Azure. */
  KeptRecords records(ClusterInAzure azure) {
    return KeptRecords.open(run.records(), azure.name());
  }

  RunOptions run() {
    return run;
  }

  /** One that wasn't named is told: its current cluster may not be the one that was meant. */
  private Path file() {
    if (kubeconfig != null) {
      return kubeconfig;
    }
    Path standard =
        StandardKubeconfig.of(
            System.getenv("KUBECONFIG"), Path.of(System.getProperty("user.home")));
    System.err.println(
        "rekey: kubeconfig "
            + standard
            + ", "
            + (context == null ? "its current context" : context));
    return standard;
  }

  Duration patience() {
    return run.patience();
  }

  OutputFormat output() {
    return run.output();
  }
}
