package dev.rekey.operation.step;

import dev.rekey.operation.Decision;
import dev.rekey.operation.Facts;
import dev.rekey.operation.KubernetesVersion;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.MinorVersion;
import dev.rekey.operation.Reason;
import dev.rekey.operation.preflight.UpgradeCommand;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What stands against leaving KMS v1, by what ARM shows (promise K8).
 *
 * <ol>
 *   <li>KMS is on with a key version of the customer's, on a Kubernetes that is known to be older
 *       than 1.27. Never where that can't be seen: it may be any other way of encryption.
 *   <li>Each API server tells that it lives. Never is a Secret written plain that one of which
 *       nobody knows might write back under KMS v1.
 *   <li>An upgrade that Rekey is to make leads to the next minor version and touches no node. Never
 *       is KMS turned off for one that AKS would refuse, or that does more than was asked for.
 * </ol>
 */
final class LeavingKmsV1 {
  private LeavingKmsV1() {}

  static Optional<Decision.Refuse> objection(Facts facts) {
    ManagedCluster cluster = facts.requireCluster();
    String name = facts.operation().cluster().value();
    return switch (cluster.experience()) {
      case NONE -> refuse(Reason.KMS_OFF, name + "; enable turns it on");
      case PLATFORM_MANAGED -> refuse(Reason.PLATFORM_MANAGED, name);
      case VERSIONED_KEY ->
          refuse(Reason.KMS_V2_ALREADY, name + ", on Kubernetes " + cluster.kubernetesVersion());
      case UNPROVED -> ofUnproved(facts, cluster, name);
    };
  }

  private static Optional<Decision.Refuse> ofUnproved(
      Facts facts, ManagedCluster cluster, String name) {
    Optional<MinorVersion> version = MinorVersion.of(cluster.kubernetesVersion());
    if (version.isEmpty() || version.get().hasKmsV2()) {
      return refuse(Reason.KMS_VERSION_UNPROVED, name + ": nor that it is on KMS v1");
    }
    MinorVersion leases = MinorVersion.FIRST_WITH_LEASES;
    return version.get().compareTo(leases) >= 0
        ? ownUpgrade(cluster, facts.operation().route().upgradeTo())
        : refuse(
            Reason.API_SERVERS_NOT_TOLD,
            "Kubernetes "
                + cluster.kubernetesVersion()
                + "; type: "
                + UpgradeCommand.ofControlPlane(cluster.resourceId(), version.get().next())
                + ", until it is "
                + leases);
  }

  private static Optional<Decision.Refuse> ownUpgrade(
      ManagedCluster cluster, @Nullable KubernetesVersion to) {
    if (to == null) {
      return Optional.empty();
    }
    String running = cluster.kubernetesVersion();
    if (!to.isNextAfter(running)) {
      MinorVersion next = MinorVersion.of(running).orElseThrow().next();
      return refuse(
          Reason.UPGRADE_NOT_ONE_STEP,
          "to Kubernetes "
              + to
              + " from "
              + running
              + "; expected: a version "
              + next
              + ".<patch>");
    }
    return cluster.upgrade().takesNodesAlong()
        ? refuse(Reason.UPGRADE_TAKES_NODES, cluster.resourceId())
        : Optional.empty();
  }

  private static Optional<Decision.Refuse> refuse(Reason reason, String detail) {
    return Optional.of(new Decision.Refuse(reason, detail));
  }
}
