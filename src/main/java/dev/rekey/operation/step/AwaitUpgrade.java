package dev.rekey.operation.step;

import dev.rekey.operation.Decision;
import dev.rekey.operation.FactKind;
import dev.rekey.operation.Facts;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.MinorVersion;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Step;
import dev.rekey.operation.StepName;
import dev.rekey.operation.UpdateProgress;
import dev.rekey.operation.preflight.UpgradeCommand;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The cluster runs a Kubernetes on which KMS, turned on, is KMS v2. A person upgrades it, or has
 * told Rekey to.
 *
 * <ol>
 *   <li>It comes behind the proof that every Secret lies plain. Never is anybody told to upgrade
 *       while one lies under KMS v1: the upgrade takes away what reads it.
 *   <li>Done only when ARM shows such a version as the running one, and has settled on it. Never
 *       because an upgrade was begun.
 *   <li>Until then it stalls, so that everybody is told: KMS is off. Never a silent wait, but while
 *       ARM is at work.
 *   <li>Where a person has named the version when asking for the operation, it asks ARM for the
 *       upgrade itself ({@link SendUpgrade}). Never where nobody has.
 *   <li>KMS that somebody turns on before is KMS v1 again, whatever its key. Never is that taken
 *       for what was wanted.
 * </ol>
 */
final class AwaitUpgrade implements Step {
  private static final Duration BUSY = Duration.ofSeconds(30);

  /** Every Secret is stored plain meanwhile. */
  static final Duration LOOK_AGAIN = Duration.ofMinutes(10);

  @Override
  public StepName name() {
    return StepName.AWAIT_UPGRADE;
  }

  @Override
  public boolean isBeforeUpdate() {
    return true;
  }

  @Override
  public Set<FactKind> needs(Operation operation) {
    return operation.upgrade().isPresent()
        ? EnumSet.of(FactKind.CLUSTER, FactKind.UPDATE)
        : Set.of(FactKind.CLUSTER);
  }

  @Override
  public Decision decide(Facts facts) {
    ManagedCluster cluster = facts.requireCluster();
    boolean isUpgraded = KmsExperience.hasKmsV2(cluster.kubernetesVersion());
    if (!cluster.isAt(facts.operation().before())) {
      return isUpgraded && !MovedElsewhere.isSo(facts)
          ? new Decision.Done(Reason.KEY_ALREADY_MOVED)
          : MovedElsewhere.stall(facts);
    }
    if (!cluster.isSettled() || isRunning(facts.update())) {
      return new Decision.Wait(facts.now().plus(BUSY), Reason.CLUSTER_BUSY);
    }
    return isUpgraded && cluster.hasSucceeded()
        ? new Decision.Done(Reason.UPGRADED)
        : ownUpgrade(facts)
            .map(SendUpgrade::decide)
            .orElse(new Decision.Stall(Reason.AWAITING_UPGRADE, remedy(cluster), LOOK_AGAIN));
  }

  /** Of what was sent last: the cluster may not show yet that ARM has begun with it. */
  private static boolean isRunning(@Nullable UpdateProgress sent) {
    return sent != null && sent.state() == UpdateProgress.State.RUNNING;
  }

  /** The one that Rekey makes; empty where that is left to a person. */
  private static Optional<SendUpgrade> ownUpgrade(Facts facts) {
    return Optional.ofNullable(facts.operation().route().upgradeTo())
        .map(version -> new SendUpgrade(facts, version))
        .filter(SendUpgrade::isDue);
  }

  private static String remedy(ManagedCluster cluster) {
    String id = cluster.resourceId();
    String shown =
        "Kubernetes "
            + (cluster.kubernetesVersion().isEmpty() ? "unknown" : cluster.kubernetesVersion())
            + ", "
            + cluster.provisioningState()
            + "; type: ";
    MinorVersion next =
        MinorVersion.of(cluster.kubernetesVersion())
            .filter(version -> !version.hasKmsV2())
            .map(MinorVersion::next)
            .orElse(MinorVersion.FIRST_WITH_KMS_V2);
    return shown
        + UpgradeCommand.ofControlPlane(id, next)
        + "; where AKS does not offer that version, see which it does: "
        + UpgradeCommand.offered(id);
  }
}
