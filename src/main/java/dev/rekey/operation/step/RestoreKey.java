package dev.rekey.operation.step;

import dev.rekey.key.KeyFitness;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Restoration;
import dev.rekey.operation.Decision;
import dev.rekey.operation.Effect;
import dev.rekey.operation.FactKind;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Step;
import dev.rekey.operation.StepName;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The versions in the slots can be used again.
 *
 * <ol>
 *   <li>Done only when the vault shows each as usable. Never because our request was answered.
 *   <li>Only what the approved plan names is changed, and only so as it says.
 *   <li>A person may be faster, or have to do it, where Rekey lacks the right.
 * </ol>
 */
final class RestoreKey implements Step {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(15);

  @Override
  public StepName name() {
    return StepName.RESTORE_KEY;
  }

  @Override
  public boolean isBeforeUpdate() {
    return true;
  }

  @Override
  public Set<FactKind> needs(Operation operation) {
    return Set.of(FactKind.VERSIONS);
  }

  @Override
  public Decision decide(Facts facts) {
    for (Restoration restoration : facts.operation().progress().findings().restorations()) {
      Optional<KeyVersion> version = facts.version(restoration.version());
      if (version.isEmpty()) {
        return new Decision.Stall(Reason.TARGET_NOT_FOUND, restoration.version().url());
      }
      KeyFitness fitness = version.get().fitnessAt(facts.now());
      if (fitness != KeyFitness.FIT) {
        return restore(facts, restoration, fitness);
      }
    }
    return new Decision.Done(Reason.SLOTS_USABLE);
  }

  private static Decision restore(Facts facts, Restoration restoration, KeyFitness fitness) {
    boolean hasExpiredSince = fitness == KeyFitness.EXPIRED && restoration.until() == null;
    if (hasExpiredSince || !Restoration.cures(fitness)) {
      return new Decision.Stall(
          Reason.CURRENT_KEY_UNFIT, restoration.version() + ": " + fitness.sentence());
    }
    return facts.operation().progress().hasJustActed(Reason.RESTORING_KEY)
        ? new Decision.Wait(facts.now().plus(LOOK_AGAIN), Reason.KEY_CHANGING)
        : new Decision.Act(new Effect.RestoreKey(restoration), Reason.RESTORING_KEY);
  }
}
