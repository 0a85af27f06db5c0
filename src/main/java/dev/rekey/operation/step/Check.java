package dev.rekey.operation.step;

import dev.rekey.key.KeyFitness;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.operation.Decision;
import dev.rekey.operation.Effect;
import dev.rekey.operation.FactKind;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Step;
import dev.rekey.operation.StepName;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Sees that the operation may begin: every check is a line of a list, and the first that fails
 * gives its reason.
 */
public final class Check implements Step {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(15);

  /** Checks of a cluster that ARM knows. */
  private static final List<Function<Facts, Optional<Decision.Refuse>>> MANAGED =
      List.of(
          Check::experience, // K8: only KMS v2 with a versioned key is changed
          Check::sameStart); // K7: the operation was made for the cluster as it was then

  /** Further checks of a rotation. */
  private static final List<Function<Facts, Optional<Decision.Refuse>>> ROTATION =
      List.of(
          Check::notFailed, // an update on top of a failed one can hide which of the two moved the
          // key
          Check::sameKey, // K4: another key or vault needs a person who names it
          Check::currentFit, // AKS refuses to rotate away from an unusable version
          Check::targetExists,
          Check::targetFit, // K4
          Check::targetNewer); // K4: forward only; a used version must not come back

  @Override
  public StepName name() {
    return StepName.CHECK;
  }

  @Override
  public boolean isBeforeUpdate() {
    return true;
  }

  @Override
  public Set<FactKind> needs(Operation operation) {
    if (operation.progress().checked()) {
      return Set.of();
    }
    EnumSet<FactKind> needed = EnumSet.of(FactKind.ACCESS);
    if (operation.managed()) {
      needed.add(FactKind.CLUSTER);
    }
    if (operation.kind() == Kind.ROTATE) {
      needed.add(FactKind.VERSIONS);
    }
    return needed;
  }

  @Override
  public Decision decide(Facts facts) {
    Operation operation = facts.operation();
    if (operation.progress().checked()) {
      return new Decision.Done(Reason.CHECKS_PASSED);
    }
    if (operation.managed() && !facts.requireCluster().isSettled()) {
      return new Decision.Wait(facts.now().plus(LOOK_AGAIN), Reason.CLUSTER_BUSY);
    }
    Optional<Decision.Refuse> refusal =
        operation.managed() ? first(MANAGED, facts) : Optional.empty();
    if (refusal.isEmpty() && operation.kind() == Kind.ROTATE) {
      refusal = first(ROTATION, facts);
    }
    return refusal.isPresent()
        ? refusal.get()
        : new Decision.Act(new Effect.NoteChecked(), Reason.RECORDING);
  }

  private static Optional<Decision.Refuse> first(
      List<Function<Facts, Optional<Decision.Refuse>>> checks, Facts facts) {
    return checks.stream().flatMap(check -> check.apply(facts).stream()).findFirst();
  }

  private static Optional<Decision.Refuse> experience(Facts facts) {
    KmsExperience experience = facts.requireCluster().experience();
    String cluster = facts.operation().cluster().value();
    return switch (experience) {
      case VERSIONED_KEY -> Optional.empty();
      case NONE -> refuse(Reason.KMS_OFF, cluster);
      case PLATFORM_MANAGED -> refuse(Reason.PLATFORM_MANAGED, cluster);
      case UNPROVED -> refuse(Reason.KMS_VERSION_UNPROVED, cluster);
    };
  }

  private static Optional<Decision.Refuse> notFailed(Facts facts) {
    ManagedCluster cluster = facts.requireCluster();
    return cluster.hasSucceeded()
        ? Optional.empty()
        : refuse(Reason.CLUSTER_FAILED, cluster.resourceId());
  }

  private static Optional<Decision.Refuse> sameStart(Facts facts) {
    KeyId from = facts.operation().from();
    boolean same = facts.requireCluster().isOn(from);
    return same ? Optional.empty() : refuse(Reason.CLUSTER_MOVED, String.valueOf(from));
  }

  private static Optional<Decision.Refuse> sameKey(Facts facts) {
    KeyId from = from(facts);
    KeyId to = to(facts);
    return from.isVersionOfSameKey(to)
        ? Optional.empty()
        : refuse(Reason.TARGET_OF_ANOTHER_KEY, to.url());
  }

  private static Optional<Decision.Refuse> currentFit(Facts facts) {
    KeyId from = from(facts);
    KeyFitness fitness =
        facts
            .version(from)
            .map(version -> version.fitnessAt(facts.now()))
            .orElse(KeyFitness.DISABLED);
    return fitness == KeyFitness.FIT
        ? Optional.empty()
        : refuse(Reason.CURRENT_KEY_UNFIT, from + ": " + fitness.sentence());
  }

  private static Optional<Decision.Refuse> targetExists(Facts facts) {
    return facts.version(to(facts)).isPresent()
        ? Optional.empty()
        : refuse(Reason.TARGET_NOT_FOUND, to(facts).url());
  }

  private static Optional<Decision.Refuse> targetFit(Facts facts) {
    KeyFitness fitness = facts.version(to(facts)).orElseThrow().fitnessAt(facts.now());
    return fitness == KeyFitness.FIT
        ? Optional.empty()
        : refuse(Reason.TARGET_UNFIT, to(facts) + ": " + fitness.sentence());
  }

  private static Optional<Decision.Refuse> targetNewer(Facts facts) {
    KeyVersion current = facts.version(from(facts)).orElseThrow();
    KeyVersion target = facts.version(to(facts)).orElseThrow();
    return target.created().isAfter(current.created())
        ? Optional.empty()
        : refuse(Reason.TARGET_NOT_NEWER, target.id().url());
  }

  private static Optional<Decision.Refuse> refuse(Reason reason, String detail) {
    return Optional.of(new Decision.Refuse(reason, detail));
  }

  private static KeyId from(Facts facts) {
    return Objects.requireNonNull(facts.operation().from());
  }

  private static KeyId to(Facts facts) {
    return Objects.requireNonNull(facts.operation().to());
  }
}
