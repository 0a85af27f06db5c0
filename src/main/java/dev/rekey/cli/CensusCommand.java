package dev.rekey.cli;

import dev.rekey.operation.Kind;
import dev.rekey.operation.Route;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells how many Secrets of a cluster lie under which key. */
@Command(
    name = "census",
    mixinStandardHelpOptions = true,
    description = {
      "Counts how many Secrets lie under which key, plain ones included. Changes nothing.",
      "It sends one dry-run patch per Secret and reads the API servers' counters before and after.",
      "Where Secrets lie under another key it names their namespaces, by counting ever smaller"
          + " parts.",
      "Of a cluster in Azure --cluster names it, so that keys are named by their URLs."
    },
    footer = {"", "Example: rekey census --kubeconfig FILE", "Example: rekey census --cluster ID"})
final class CensusCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init")
  private KubeconfigOptions options;

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private ClusterInAzure azure;

  @Option(
      names = "--objects",
      description =
          "Name each Secret that lies under another key than the one written with last; by default"
              + " the namespaces are named.")
  private boolean objects;

  @Override
  public Integer call() throws InterruptedException {
    return azure.isNamed() ? inAzure() : byKubeconfig();
  }

  private int inAzure() throws InterruptedException {
    BadOptions bad = new BadOptions();
    Wish wish = options.wish(Kind.CENSUS, azure, bad).check();
    return new AzureRun(azure, options.run(), true).census(wish, objects);
  }

  private int byKubeconfig() throws InterruptedException {
    return new KubeconfigRun(options)
        .run(
            Kind.CENSUS,
            (process, cluster, origin) ->
                process.startCensus(cluster, Route.UNKNOWN, objects, origin));
  }
}
