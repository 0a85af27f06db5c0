package dev.rekey.cli;

import dev.rekey.operation.Kind;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
  private static final String UPGRADE = "--upgrade-to";

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private AzureOptions options;

  @Option(
      names = "--to",
      paramLabel = "KEY-ID",
      description = "The key version to turn KMS v2 on with. Default: the one that KMS v1 uses.")
  private @Nullable String to;

  @Option(
      names = UPGRADE,
      paramLabel = "VERSION",
      description =
          "The Kubernetes to upgrade the control plane to when that is due, such as 1.27.9; node"
              + " pools are left alone. Default: somebody else upgrades.")
  private @Nullable String upgradeTo;

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private VaultAccessOptions way;

  @Override
  public Integer call() throws InterruptedException {
    return options.carryOut(
        options
            .wish(Kind.MIGRATE_TO_KMS_V2)
            .to("--to", to)
            .upgradingTo(UPGRADE, upgradeTo)
            .over(way));
  }
}
