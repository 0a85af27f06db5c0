package dev.rekey.cli;

import dev.rekey.operation.Kind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Leads a cluster in Azure from KMS v1 to KMS v2. */
@Command(
    name = "migrate-to-kms-v2",
    mixinStandardHelpOptions = true,
    description = {
      "Leads an AKS cluster from KMS v1, which a Kubernetes before 1.27 has, to KMS v2: turns KMS"
          + " off, waits for Kubernetes to be upgraded, and turns it on again. Every Secret is"
          + " rewritten and proved twice, and is stored plain in between.",
      "Before it changes anything it reads every Secret, without its content, and asks once more."
          + " When the upgrade is due it prints the command for it and ends; the same command goes"
          + " on afterwards. With --upgrade-to it upgrades the control plane itself, once everything"
          + " is proved to be stored plain, and not before."
    },
    footer = {"", "Example: rekey migrate-to-kms-v2 --cluster ID --reason \"ticket 4711\""})
final class MigrateToKmsV2Command implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init")
  private AzureOptions options;

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private MigrateToKmsV2Options way;

  @Override
  public Integer call() throws InterruptedException {
    return options.carryOut(way.of(options.wish(Kind.MIGRATE_TO_KMS_V2)));
  }
}
