package dev.rekey.cli;

import dev.rekey.operation.Kind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Rewrites every Secret of a cluster under its current key, without reading one, and proves it. */
@Command(
    name = "reencrypt",
    mixinStandardHelpOptions = true,
    description = {
      "Rewrites every Secret under the key that is current, without reading one, and proves it.",
      "Any Kubernetes with KMS v2, by its kubeconfig. Of a cluster in Azure --cluster names it, so"
          + " that the key version is known and the records are those of its rotations; the kubeconfig"
          + " is then the one that AKS hands out, unless one is named.",
      "Stopped at any point, it goes on where it was when typed again."
    })
final class ReencryptCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init")
  private KubeconfigOptions options;

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private ClusterInAzure azure;

  @Option(
      names = "--retry-exceptions",
      description = {
        "Rewrites only what the last re-encryption left as exceptions, then proves all. For when",
        "what their reasons name has been mended."
      })
  private boolean retryExceptions;

  @Override
  public Integer call() throws InterruptedException {
    return azure.isNamed() ? inAzure() : byKubeconfig();
  }

  private int inAzure() throws InterruptedException {
    BadOptions bad = new BadOptions();
    Wish wish = options.wish(Kind.REENCRYPT, azure, bad).check();
    AzureRun run = new AzureRun(azure, options.run(), true);
    return retryExceptions ? run.retryExceptions(wish) : run.run(wish);
  }

  private int byKubeconfig() throws InterruptedException {
    KubeconfigRun run = new KubeconfigRun(options);
    return retryExceptions ? run.retryExceptions() : run.run(Kind.REENCRYPT);
  }
}
