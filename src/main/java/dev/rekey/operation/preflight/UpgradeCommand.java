package dev.rekey.operation.preflight;

import dev.rekey.operation.KubernetesVersion;
import dev.rekey.operation.MinorVersion;

/** The command that upgrades Kubernetes on a cluster. */
public final class UpgradeCommand {
  private UpgradeCommand() {}

  /**
   * The control plane alone: what KMS depends on, and the shortest time with KMS off. Node pools
   * can follow later.
   *
   * @param resourceId the cluster's ARM id
   * @param version AKS takes the newest patch that it offers of it
   */
  public static String ofControlPlane(String resourceId, MinorVersion version) {
    return ofControlPlane(resourceId, version.toString());
  }

  /** The same to one version of all, its patch included. */
  public static String ofControlPlane(String resourceId, KubernetesVersion version) {
    return ofControlPlane(resourceId, version.toString());
  }

  private static String ofControlPlane(String resourceId, String version) {
    return "az aks upgrade --resource-group "
        + Commands.quoted(Commands.group(resourceId))
        + " --name "
        + name(resourceId)
        + " --kubernetes-version "
        + version
        + " --control-plane-only";
  }

  /** The command that shows which versions AKS offers the cluster. */
  public static String offered(String resourceId) {
    return "az aks get-upgrades --resource-group "
        + Commands.quoted(Commands.group(resourceId))
        + " --name "
        + name(resourceId)
        + " --output table";
  }

  private static String name(String resourceId) {
    return resourceId.substring(resourceId.lastIndexOf('/') + 1);
  }
}
