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
import dev.rekey.operation.StepReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The versions in the slots can be used again.
 *
 * <ol>
 *   <li>Done only when the vault shows each as usable. Never because our request was answered.
 *   <li>Only what the approved plan names is changed, and only so as it says.
 *   <li>It is changed once, in the slots that it was approved for. Never again where somebody has
 *       made it unusable anew, or has moved the cluster elsewhere meanwhile: nobody approved that.
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
    return Set.of(FactKind.CLUSTER, FactKind.VERSIONS);
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
    if (MovedElsewhere.isSo(facts)) {
      return MovedElsewhere.stall(facts);
    }
    if (!isCured(restoration, fitness, facts.now()) || wasRestored(facts.operation())) {
      return new Decision.Stall(
          Reason.CURRENT_KEY_UNFIT, restoration.version() + ": " + fitness.sentence());
    }
    return facts.operation().progress().hasJustActed(Reason.RESTORING_KEY)
        ? new Decision.Wait(facts.now().plus(LOOK_AGAIN), Reason.KEY_CHANGING)
        : new Decision.Act(new Effect.RestoreKey(restoration), Reason.RESTORING_KEY);
  }

  /** Whether what was approved makes it usable still. */
  private static boolean isCured(Restoration restoration, KeyFitness fitness, Instant now) {
    Instant until = restoration.until();
    boolean comesTooLate = until != null && !now.isBefore(until);
    boolean hasExpiredSince = fitness == KeyFitness.EXPIRED && until == null;
    return Restoration.cures(fitness) && !comesTooLate && !hasExpiredSince;
  }

  private static boolean wasRestored(Operation operation) {
    return operation.progress().steps().stream()
        .map(StepReport::step)
        .anyMatch(StepName.RESTORE_KEY::equals);
  }
}
