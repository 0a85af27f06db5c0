package dev.rekey.cli;

import dev.rekey.aks.ArmClusters;
import dev.rekey.app.commandline.AzureRekey;
import dev.rekey.app.commandline.LocalRekey;
import dev.rekey.key.Cloud;
import dev.rekey.operation.ClusterName;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that name a cluster in Azure. */
final class ClusterInAzure {
  private static final String FORM =
      "the ARM id of an AKS cluster, as printed by `az aks show --name CLUSTER --resource-group"
          + " GROUP --query id --output tsv`";

  private final Function<Cloud, AzureRekey.Around> surroundings;

  @Option(
      names = "--cluster",
      paramLabel = "ID",
      description = "The cluster's ARM id, as printed by: az aks show --query id.")
  private @Nullable String cluster;

  @Option(
      names = "--cloud",
      paramLabel = "CLOUD",
      defaultValue = "public",
      description = "The cluster's: public, china or us-government. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init")
  private String cloud;

  /** Over the machine's own connections, with whatever login Azure's clients find there. */
  ClusterInAzure() {
    this(AzureRekey.Around::ofThisMachine);
  }

  ClusterInAzure(Function<Cloud, AzureRekey.Around> surroundings) {
    this.surroundings = surroundings;
  }

  boolean isNamed() {
    return cluster != null;
  }

  /** As it was typed; null if nothing was. */
  @Nullable String typed() {
    return cluster;
  }

  /** Its ARM id; only of use if nothing is bad. */
  String id(BadOptions bad) {
    String id = cluster == null ? "" : cluster.strip().replaceFirst("/$", "");
    if (!ArmClusters.isCluster(id)) {
      bad.add(cluster == null ? "--cluster" : "--cluster " + cluster, FORM);
    }
    return id;
  }

  /** As records call it. */
  ClusterName name() {
    BadOptions bad = new BadOptions();
    String id = id(bad);
    bad.refuse();
    return ClusterName.ofArmId(id);
  }

  Cloud cloud(BadOptions bad) {
    Optional<Cloud> named =
        Arrays.stream(Cloud.values()).filter(one -> token(one).equalsIgnoreCase(cloud)).findFirst();
    if (named.isEmpty()) {
      String known =
          Arrays.stream(Cloud.values())
              .map(ClusterInAzure::token)
              .collect(Collectors.joining(", "));
      bad.add("--cloud " + cloud, "one of " + known);
    }
    return named.orElse(Cloud.PUBLIC);
  }

  private static String token(Cloud cloud) {
    return cloud.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Where to work; only of use if nothing is bad. */
  AzureRekey.Target target(
      @Nullable Path kubeconfig, @Nullable String context, RunOptions run, BadOptions bad) {
    String id = id(bad);
    if (context != null && kubeconfig == null) {
      bad.add("--context", "--kubeconfig beside it");
    }
    return new AzureRekey.Target(id, kubeconfig, context, run.records(), run.limits(bad));
  }

  LocalRekey open(Wish wish) {
    return open(wish.target(), wish.cloud());
  }

  LocalRekey open(AzureRekey.Target target, Cloud in) {
    return AzureRekey.open(target, around(in));
  }

  /** What lies around the process, for a look at more than one cluster. */
  AzureRekey.Around around(Cloud in) {
    return surroundings.apply(in);
  }
}
