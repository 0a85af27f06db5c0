package dev.rekey.operation.step;

import dev.rekey.operation.Decision;
import dev.rekey.operation.Effect;
import dev.rekey.operation.FactKind;
import dev.rekey.operation.Facts;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.NetworkAccess;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Step;
import dev.rekey.operation.StepName;
import dev.rekey.operation.VaultResource;
import java.time.Duration;
import java.util.Set;

/**
 * The vault is open to the public, or closed, as the cluster is about to reach it.
 *
 * <ol>
 *   <li>Never while KMS is on: AKS can't change the mode of a vault that is attached.
 *   <li>Done only when ARM shows the vault so. Never because our request was answered.
 *   <li>A vault that lets selected networks in is left as it is: somebody has chosen them.
 *   <li>Otherwise ask for it, with pauses: a person may be faster, where Rekey lacks the right.
 * </ol>
 */
final class UpdateVault implements Step {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(15);

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
      return MovedElsewhere.isSo(facts)
          ? MovedElsewhere.stall(facts)
          : new Decision.Done(Reason.KEY_ALREADY_MOVED);
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
    return facts.operation().progress().hasJustActed(Reason.CHANGING_VAULT)
        ? new Decision.Wait(facts.now().plus(LOOK_AGAIN), Reason.VAULT_CHANGING)
        : new Decision.Act(
            new Effect.UpdateVault(vault.resourceId(), wanted), Reason.CHANGING_VAULT);
  }
}
