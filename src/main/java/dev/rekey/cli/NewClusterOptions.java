package dev.rekey.cli;

import dev.rekey.operation.NetworkAccess;
import dev.rekey.operation.recipe.InvalidRecipe;
import dev.rekey.operation.recipe.KeyLife;
import dev.rekey.operation.recipe.Names;
import dev.rekey.operation.recipe.NewCluster;
import dev.rekey.operation.recipe.Problem;
import dev.rekey.operation.recipe.VaultRights;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say what a new cluster is to be. */
final class NewClusterOptions {
  @Option(
      names = "--location",
      paramLabel = "REGION",
      description = "The region of all of it, such as westeurope.")
  private @Nullable String location;

  @Option(
      names = "--resource-group",
      paramLabel = "NAME",
      description = "The resource group of all of it. Default: rg- and the cluster's name.")
  private @Nullable String resourceGroup;

  @Option(
      names = "--vault",
      paramLabel = "NAME",
      description =
          "The key vault, a name that nobody in Azure has yet. Default: kv- and the cluster's"
              + " name, cut to 24 characters.")
  private @Nullable String vault;

  @Option(
      names = "--identity",
      paramLabel = "NAME",
      description = "The cluster's identity. Default: id- and the cluster's name.")
  private @Nullable String identity;

  @Option(
      names = "--vault-access",
      paramLabel = "ACCESS",
      defaultValue = "public",
      description =
          "public: the vault is reached over its public endpoint; private: over a private endpoint"
              + " that AKS makes, with API Server VNet Integration. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init")
  private NetworkAccess access;

  @Option(
      names = "--vault-rights",
      paramLabel = "RIGHTS",
      defaultValue = "rbac",
      description =
          "rbac: role assignments say who may use the key; policies: the vault's access policies."
              + " Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init")
  private VaultRights rights;

  @Option(
      names = "--rotate-after",
      paramLabel = "DAYS",
      defaultValue = "180",
      description =
          "The vault makes a new key version after so many days. Default: ${DEFAULT-VALUE}.")
  private int rotateAfter;

  @Option(
      names = "--expire-after",
      paramLabel = "DAYS",
      defaultValue = "450",
      description =
          "A key version expires after so many days: at least 30 more than two rotations."
              + " Default: ${DEFAULT-VALUE}.")
  private int expireAfter;

  /**
   * The cluster that they ask for.
   *
   * @param cluster its name; null if none was typed
   * @param key the key's name; null if none was typed
   * @throws BadOption with what is bad of them, and what {@code bad} held before
   */
  NewCluster wanted(@Nullable String cluster, @Nullable String key, BadOptions bad) {
    if (cluster == null || location == null) {
      needed("--cluster", "the new cluster's name, such as prod", cluster, bad);
      needed("--location", "the region of all of it, such as westeurope", location, bad);
      bad.refuse();
    }
    try {
      NewCluster wanted =
          new NewCluster(
              names(String.valueOf(cluster), String.valueOf(location), key),
              access,
              rights,
              new KeyLife(rotateAfter, expireAfter));
      bad.refuse();
      return wanted;
    } catch (InvalidRecipe invalid) {
      for (Problem problem : invalid.problems()) {
        bad.add("--" + problem.part() + " " + problem.given(), problem.expected());
      }
      bad.refuse();
      throw invalid;
    }
  }

  private static void needed(
      String option, String expected, @Nullable String given, BadOptions bad) {
    if (given == null) {
      bad.add(option, expected);
    }
  }

  private Names names(String cluster, String region, @Nullable String key) {
    Names usual = Names.of(cluster, region);
    return new Names(
        cluster,
        given(resourceGroup, usual.resourceGroup()),
        region,
        given(vault, usual.vault()),
        given(key, usual.key()),
        given(identity, usual.identity()));
  }

  private static String given(@Nullable String name, String usual) {
    return name == null ? usual : name;
  }
}
