package dev.rekey.aks;

import dev.rekey.operation.ClusterName;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An ARM id of a subscription, of a resource group or of an AKS cluster. URLs are built from its
 * checked parts only.
 *
 * @param subscription its GUID, as it was spelled
 * @param group the resource group's name; null for a whole subscription
 * @param cluster the cluster's name; null for a whole subscription or group
 */
record ArmScope(String subscription, @Nullable String group, @Nullable String cluster) {
  private static final Pattern FORM =
      Pattern.compile(
          "/subscriptions/(?<subscription>\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})"
              + "(?:/resourceGroups/(?<group>[\\p{L}\\p{N}_.()-]{1,90}(?<!\\.))"
              + "(?:/providers/Microsoft\\.ContainerService/managedClusters"
              + "/(?<cluster>[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}))?)?",
          Pattern.CASE_INSENSITIVE);

  /** Reads an ARM id; empty if it has another form. ARM ignores the case of ids. */
  static Optional<ArmScope> parse(String id) {
    Matcher matcher = FORM.matcher(id);
    return matcher.matches()
        ? Optional.of(
            new ArmScope(
                matcher.group("subscription"), matcher.group("group"), matcher.group("cluster")))
        : Optional.empty();
  }

  boolean isCluster() {
    return cluster != null;
  }

  /** The name of a cluster; only for a scope that is one. */
  ClusterName name() {
    Objects.requireNonNull(cluster, "not a cluster");
    return ClusterName.ofArmId(id());
  }

  /** The ARM id. */
  String id() {
    String id = "/subscriptions/" + subscription;
    if (group != null) {
      id += "/resourceGroups/" + group;
    }
    return cluster == null
        ? id
        : id + "/providers/Microsoft.ContainerService/managedClusters/" + cluster;
  }

  /** Whether both are one: ARM changes the case of ids from answer to answer. */
  boolean isSameAs(@Nullable String otherId) {
    return id().equalsIgnoreCase(otherId);
  }

  @Override
  public String toString() {
    return id();
  }
}
