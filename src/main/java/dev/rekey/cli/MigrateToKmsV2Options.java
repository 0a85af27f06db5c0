package dev.rekey.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that say with which key KMS v2 is turned on, and who upgrades Kubernetes. */
final class MigrateToKmsV2Options {
  private static final String UPGRADE = "--upgrade-to";

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

  Wish of(Wish wish) {
    return wish.to("--to", to).upgradingTo(UPGRADE, upgradeTo).over(way);
  }
}
