package dev.rekey.operation.step;

import dev.rekey.key.KeyFitness;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Restoration;
import dev.rekey.operation.Decision;
import dev.rekey.operation.Effect;
import dev.rekey.operation.FactKind;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.KmsSettings;
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
import java.util.stream.Stream;

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

  /** Further checks where an update is to be sent. */
  private static final List<Function<Facts, Optional<Decision.Refuse>>> CHANGE =
      List.of(
          Check::notFailed, // an update on top of a failed one can hide which of the two moved the
          // key
          Check::sameKey, // K4: another key or vault needs a person who names it
          Check::currentFit, // AKS refuses to leave an unusable version
          Check::givesKmsV2, // K8: KMS v1 can't be proved
          Superseded
              ::refusal, // P1: the newest version wins, which a rotation to another would delay
          Check::targetExists,
          Check::targetFit, // K4
          Check::targetNewer); // K4: forward only; a used version must not come back

  /** Further checks where a key version in a slot is to be made usable first. */
  private static final List<Function<Facts, Optional<Decision.Refuse>>> RECOVERY =
      List.of(
          Check::sameKey, // K4
          Check::targetExists,
          Check::targetFit, // K4
          CuringSlots::currentListed, // a key that is gone must be recovered as a whole
          Check::targetNewer, // K4
          CuringSlots::slotUnusable, // K9: nothing is changed in a vault without need
          CuringSlots::slotsCurable);

  /** Further checks where a dropped key version is to be made current again. */
  private static final List<Function<Facts, Optional<Decision.Refuse>>> DROPPED =
      List.of(
          Check::notFailed, // the slots would not be known
          Check::sameKey, // K4
          BringingBack::objection);

  /** Instead of them, where an update is to lead back. */
  private static final List<Function<Facts, Optional<Decision.Refuse>>> BACK =
      List.of(GoingBack::objection);

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
    if (!operation.managed()) {
      return Set.of(FactKind.ACCESS);
    }
    return switch (operation.kind()) {
      case REENCRYPT, CENSUS -> EnumSet.of(FactKind.CLUSTER, FactKind.ACCESS);
      case RETURN ->
          EnumSet.of(FactKind.CLUSTER, FactKind.VERSIONS, FactKind.ACCESS, FactKind.SCRAPE);
      default -> EnumSet.of(FactKind.CLUSTER, FactKind.VERSIONS);
    };
  }

  /** The checks of all that lies around the cluster cost many requests, so they come last. */
  @Override
  public Set<FactKind> needsBesides(Facts seen) {
    Operation operation = seen.operation();
    if (operation.progress().checked() || !operation.managed()) {
      return Set.of();
    }
    if (operation.kind() == Kind.RECOVER_EXPIRED_KEY) {
      return UnusableSlots.needSamples(seen) ? Set.of(FactKind.SCRAPE) : Set.of();
    }
    if (operation.kind() == Kind.RECOVER_DROPPED_KEY) {
      return LookBeforeBringingBack.needs(operation);
    }
    boolean looksAround =
        isPreflown(operation.kind())
            && seen.requireCluster().isSettled()
            && refusal(seen).isEmpty();
    return looksAround ? Set.of(FactKind.PREFLIGHT) : Set.of();
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
    if (operation.kind() == Kind.RETURN && !facts.requireScrape().isComplete()) {
      return new Decision.Wait(facts.now().plus(LOOK_AGAIN), Reason.REPLICA_NOT_SEEN);
    }
    Optional<Decision.Refuse> refusal = refusal(facts);
    if (refusal.isPresent()) {
      return BringingBack.mayPass(refusal.get(), facts)
          ? new Decision.Wait(facts.now().plus(LOOK_AGAIN), refusal.get().reason())
          : refusal.get();
    }
    if (operation.kind() == Kind.RECOVER_DROPPED_KEY) {
      return LookBeforeBringingBack.decide(facts);
    }
    return operation.managed() && isPreflown(operation.kind())
        ? JudgePreflight.decide(facts)
        : new Decision.Act(
            new Effect.NoteChecked(List.of(), restorations(facts)), Reason.RECORDING);
  }

  private static List<Restoration> restorations(Facts facts) {
    return facts.operation().kind() == Kind.RECOVER_EXPIRED_KEY
        ? new UnusableSlots(facts).restorations(target(facts))
        : List.of();
  }

  private static KeyVersion target(Facts facts) {
    return facts.version(Objects.requireNonNull(facts.operation().to())).orElseThrow();
  }

  private static Optional<Decision.Refuse> refusal(Facts facts) {
    return checks(facts.operation()).flatMap(check -> check.apply(facts).stream()).findFirst();
  }

  private static Stream<Function<Facts, Optional<Decision.Refuse>>> checks(Operation operation) {
    if (!operation.managed()) {
      return Stream.empty();
    }
    return Stream.concat(MANAGED.stream(), further(operation.kind()).stream());
  }

  private static List<Function<Facts, Optional<Decision.Refuse>>> further(Kind kind) {
    return switch (kind) {
      case ROTATE, ENABLE, DISABLE, CHANGE_VAULT_ACCESS, MIGRATE_TO_KMS_V2 -> CHANGE;
      case RECOVER_EXPIRED_KEY -> RECOVERY;
      case RECOVER_DROPPED_KEY -> DROPPED;
      case RETURN -> BACK;
      case REENCRYPT, CENSUS -> List.of();
    };
  }

  /** Whether all that lies around the cluster is looked at: not where a slot is known to be ill. */
  private static boolean isPreflown(Kind kind) {
    return further(kind) == CHANGE;
  }

  private static Optional<Decision.Refuse> experience(Facts facts) {
    if (facts.operation().kind() == Kind.MIGRATE_TO_KMS_V2) {
      return LeavingKmsV1.objection(facts);
    }
    KmsExperience experience = facts.requireCluster().experience();
    String cluster = facts.operation().cluster().value();
    boolean isToBeOn = facts.operation().before().isOn();
    return switch (experience) {
      case VERSIONED_KEY -> isToBeOn ? Optional.empty() : refuse(Reason.KMS_ALREADY_ON, cluster);
      case NONE -> isToBeOn ? refuse(Reason.KMS_OFF, cluster) : Optional.empty();
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
    KmsSettings before = facts.operation().before();
    ManagedCluster cluster = facts.requireCluster();
    return cluster.isAt(before)
        ? Optional.empty()
        : refuse(Reason.CLUSTER_MOVED, "KMS was " + before + " and is " + cluster.kms());
  }

  private static Optional<Decision.Refuse> givesKmsV2(Facts facts) {
    String version = facts.requireCluster().kubernetesVersion();
    boolean turnsOn = !facts.operation().before().isOn() && facts.operation().after().isOn();
    return !turnsOn || KmsExperience.hasKmsV2(version)
        ? Optional.empty()
        : refuse(Reason.KUBERNETES_TOO_OLD, version);
  }

  private static Optional<Decision.Refuse> sameKey(Facts facts) {
    KeyId from = facts.operation().from();
    KeyId to = facts.operation().to();
    boolean isNamed = facts.operation().origin().isOfAPerson();
    return from == null || to == null || isNamed || from.isVersionOfSameKey(to)
        ? Optional.empty()
        : refuse(Reason.TARGET_OF_ANOTHER_KEY, to.url());
  }

  private static Optional<Decision.Refuse> currentFit(Facts facts) {
    KeyId from = facts.operation().from();
    if (from == null) {
      return Optional.empty(); // KMS is off
    }
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
    KeyId to = facts.operation().to();
    return to == null || facts.version(to).isPresent()
        ? Optional.empty()
        : refuse(Reason.TARGET_NOT_FOUND, to.url());
  }

  private static Optional<Decision.Refuse> targetFit(Facts facts) {
    KeyId to = facts.operation().to();
    if (to == null) {
      return Optional.empty(); // KMS is to be off
    }
    KeyFitness fitness = facts.version(to).orElseThrow().fitnessAt(facts.now());
    return fitness == KeyFitness.FIT
        ? Optional.empty()
        : refuse(Reason.TARGET_UNFIT, to + ": " + fitness.sentence());
  }

  private static Optional<Decision.Refuse> targetNewer(Facts facts) {
    KeyId from = facts.operation().from();
    KeyId to = facts.operation().to();
    if (from == null || to == null || !from.isVersionOfSameKey(to)) {
      return Optional.empty(); // KMS is turned on or off, or a person has named another key
    }
    KeyVersion current = facts.version(from).orElseThrow();
    KeyVersion target = facts.version(to).orElseThrow();
    return target.created().isAfter(current.created())
        ? Optional.empty()
        : refuse(Reason.TARGET_NOT_NEWER, target.id().url());
  }

  private static Optional<Decision.Refuse> refuse(Reason reason, String detail) {
    return Optional.of(new Decision.Refuse(reason, detail));
  }
}
