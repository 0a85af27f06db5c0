package dev.rekey.cli;

import dev.rekey.operation.Kind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Plans the way from KMS v1 to KMS v2. */
@Command(
    name = "migrate-to-kms-v2",
    mixinStandardHelpOptions = true,
    description =
        "Says what rekey migrate-to-kms-v2 would do to a cluster in Azure. Changes nothing.",
    footer = {"", "Example: rekey plan migrate-to-kms-v2 --cluster ID"})
final class PlanMigrateToKmsV2Command implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init")
  private PlanOptions plan;

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private MigrateToKmsV2Options way;

  @Override
  public Integer call() {
    return plan.plan(way.of(plan.wish(Kind.MIGRATE_TO_KMS_V2)));
  }
}
