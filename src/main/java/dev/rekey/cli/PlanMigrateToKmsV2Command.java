package dev.rekey.cli;

import dev.rekey.operation.Kind;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Plans the way from KMS v1 to KMS v2. */
@Command(
    name = "migrate-to-kms-v2",
    mixinStandardHelpOptions = true,
    description =
        "Says what rekey migrate-to-kms-v2 would do to a cluster in Azure. Changes nothing.",
    footer = {"", "Example: rekey plan migrate-to-kms-v2 --cluster ID"})
final class PlanMigrateToKmsV2Command implements Callable<Integer> {
  private static final String UPGRADE = "--upgrade-to";

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private PlanOptions plan;

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
  public Integer call() {
    return plan.plan(
        plan.wish(Kind.MIGRATE_TO_KMS_V2).to("--to", to).upgradingTo(UPGRADE, upgradeTo).over(way));
  }
}
