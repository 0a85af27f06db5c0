package dev.rekey.cli;

import dev.rekey.aks.ArmClusters;
import dev.rekey.app.commandline.AzureRekey;
import dev.rekey.key.Cloud;
import dev.rekey.operation.Origin;
import dev.rekey.service.OperationRequest;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of the commands that change a cluster in Azure. */
final class AzureOptions {
  private static final String CLUSTER_FORM =
      "the ARM id of an AKS cluster, as printed by `az aks show --name CLUSTER --resource-group"
          + " GROUP --query id --output tsv`";

  private final Function<Cloud, AzureRekey.Around> surroundings;

  @Option(
      names = "--cluster",
      paramLabel = "ID",
      description = "The cluster's ARM id, as printed by: az aks show --query id.")
  private String cluster = "";

  @Option(
      names = "--cloud",
      paramLabel = "CLOUD",
      defaultValue = "public",
      description = "public, china or us-government. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init")
  private String cloud;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description =
          "A kubeconfig of the cluster; it is compared with the one that AKS hands out. Default:"
              + " the one that AKS hands out, with a token of Entra for whoever is logged in.")
  private @Nullable Path kubeconfig;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "The kubeconfig's context. Default: its current one.")
  private @Nullable String context;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "typed at a command line",
      description = "Why, in one line; the evidence holds it. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init")
  private String reason;

  @Option(
      names = "--yes",
      description = "Don't ask before the cluster is changed. Needed where nobody can be asked.")
  private boolean yes;

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private RunOptions run;

  /** Over the machine's own connections, with whatever login Azure's clients find there. */
  AzureOptions() {
    this(cloud -> AzureRekey.Around.ofThisMachine(cloud));
  }

  AzureOptions(Function<Cloud, AzureRekey.Around> surroundings) {
    this.surroundings = surroundings;
  }

  Cloud cloud(BadOptions bad) {
    Optional<Cloud> named =
        Arrays.stream(Cloud.values()).filter(one -> token(one).equalsIgnoreCase(cloud)).findFirst();
    if (named.isEmpty()) {
      bad.add("--cloud " + cloud, "one of " + clouds());
    }
    return named.orElse(Cloud.PUBLIC);
  }

  private static String clouds() {
    return Arrays.stream(Cloud.values()).map(AzureOptions::token).collect(Collectors.joining(", "));
  }

  private static String token(Cloud cloud) {
    return cloud.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Where to work; only of use if nothing is bad. */
  AzureRekey.Target target(BadOptions bad) {
    String id = cluster.strip().replaceFirst("/$", "");
    if (!ArmClusters.isCluster(id)) {
      bad.add(cluster.isEmpty() ? "--cluster" : "--cluster " + cluster, CLUSTER_FORM);
    }
    if (context != null && kubeconfig == null) {
      bad.add("--context", "--kubeconfig beside it");
    }
    return new AzureRekey.Target(id, kubeconfig, context, run.records(), run.limits(bad));
  }

  Origin origin(BadOptions bad) {
    String text = reason.strip();
    if (!OperationRequest.isReason(text)) {
      bad.add("--reason", "one line of 1 to 500 characters, such as \"yearly rotation\"");
    }
    return Person.atThisMachine(text);
  }

  boolean yes() {
    return yes;
  }

  AzureRekey open(AzureRekey.Target target, Cloud in) {
    return AzureRekey.open(target, surroundings.apply(in));
  }

  RunOptions run() {
    return run;
  }
}
