package dev.rekey.operation.step;

import dev.rekey.operation.Decision;
import dev.rekey.operation.Effect;
import dev.rekey.operation.FactKind;
import dev.rekey.operation.Facts;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.NetworkAccess;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Progress;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Step;
import dev.rekey.operation.StepName;
import dev.rekey.operation.StepReport;
import dev.rekey.operation.VaultResource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The vault is open to the public, or closed, as the cluster is about to reach it.
 *
 * <ol>
 *   <li>Never while KMS is on: AKS can't change the mode of a vault that is attached.
 *   <li>Done only when ARM shows the vault so. Never because our request was answered.
 *   <li>A vault that lets selected networks in is left as it is: somebody has chosen them.
 *   <li>What somebody has taken back since is never changed again by itself: a person is told, and
 *       may ask for it.
 *   <li>Otherwise ask for it, with pauses: a person may be faster, where Rekey lacks the right.
 * </ol>
 */
final class UpdateVault implements Step {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(15);

  /** ARM may show for a moment what was before. */
  private static final Duration SETTLING = Duration.ofMinutes(2);

  /** KMS is off meanwhile. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(10);

  @Override
  public StepName name() {
    return StepName.UPDATE_VAULT;
  }

  @Override
  public boolean isBeforeUpdate() {
    return true;
  }

  @Override
  public Set<FactKind> needs(Operation operation) {
    return Set.of(FactKind.CLUSTER, FactKind.VAULT);
  }

  @Override
  public Decision decide(Facts facts) {
    Operation operation = facts.operation();
    ManagedCluster cluster = facts.requireCluster();
    if (!cluster.isAt(operation.before())) {
      return MovedElsewhere.stallOrDone(facts);
    }
    return vault(facts, facts.requireVault(), operation.after().access());
  }

  private static Decision vault(Facts facts, VaultResource vault, NetworkAccess wanted) {
    if (vault.isOpenAs(wanted)) {
      return new Decision.Done(Reason.VAULT_READY);
    }
    if (wanted == NetworkAccess.PUBLIC && vault.letsSelectedNetworksIn()) {
      return new Decision.Stall(Reason.VAULT_FIREWALLED, vault.resourceId());
    }
    Progress progress = facts.operation().progress();
    Optional<Instant> ready = ready(progress);
    if (ready.isPresent()) {
      return movedBack(facts.now(), vault, ready.get());
    }
    return progress.hasJustActed(Reason.CHANGING_VAULT)
        ? new Decision.Wait(facts.now().plus(LOOK_AGAIN), Reason.VAULT_CHANGING)
        : new Decision.Act(
            new Effect.UpdateVault(vault.resourceId(), wanted), Reason.CHANGING_VAULT);
  }

  /** When it was as it shall be; empty if it never was, or a person has asked since to go on. */
  private static Optional<Instant> ready(Progress progress) {
    return progress.steps().stream()
        .filter(report -> report.step() == StepName.UPDATE_VAULT)
        .map(StepReport::endedAt)
        .filter(ended -> !progress.isRetriedSince(ended))
        .findFirst();
  }

  private static Decision movedBack(Instant now, VaultResource vault, Instant ready) {
    String detail =
        vault.resourceId() + ": was as it shall be, and is " + vault.openness().sentence();
    return now.isBefore(ready.plus(SETTLING))
        ? new Decision.Wait(now.plus(LOOK_AGAIN), Reason.VAULT_CHANGING)
        : new Decision.Stall(Reason.VAULT_MOVED_BACK, detail, BETWEEN_LOOKS);
  }
}
