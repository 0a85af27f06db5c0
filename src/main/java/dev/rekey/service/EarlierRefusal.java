package dev.rekey.service;

import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Start;
import dev.rekey.operation.step.PlanHash;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A refusal stands until a fact that it rests on has changed: what can't succeed isn't begun every
 * ten minutes. What a return has led away from, or a person has declined to approve, only a person
 * leads to again. And what somebody has led to a key that it never used goes on there only once a
 * person has had everything proved under that key.
 */
final class EarlierRefusal {
  private static final Duration NEXT_TRY = Duration.ofHours(1);

  private final Ports ports;

  EarlierRefusal(Ports ports) {
    this.ports = ports;
  }

  /**
   * Why no rotation to the target begins by itself: it is of a key that the cluster never used, a
   * person has led the cluster back from it, or the last one was refused and would be again. Empty
   * if one may begin.
   */
  Optional<Start.Idle> against(ClusterLook look, Ledger ledger, KeyId target) {
    if (ledger.isLedToAnotherKey(target)) {
      return Optional.of(Start.Idle.LED_TO_ANOTHER_KEY);
    }
    List<Operation> all = ports.records().operations(look.cluster().name());
    if (all.stream().anyMatch(operation -> ledBackFrom(operation, target))) {
      return Optional.of(Start.Idle.RETURNED_FROM);
    }
    Optional<Operation> last = last(all, target);
    if (last.filter(EarlierRefusal::wasDeclined).isPresent()) {
      return Optional.of(Start.Idle.DECLINED);
    }
    return last.filter(EarlierRefusal::wasRefused)
        .filter(refused -> stillHolds(refused, look, ledger))
        .map(refused -> Start.Idle.REFUSED_BEFORE);
  }

  /** Whoever was asked to approve it has said no. */
  private static boolean wasDeclined(Operation operation) {
    Ending ending = operation.progress().ending();
    return ending != null
        && ending.reason() == Reason.CANCELLED
        && operation.origin().asksFirst()
        && !PlanHash.isApproved(operation);
  }

  private static boolean ledBackFrom(Operation operation, KeyId target) {
    Ending ending = operation.progress().ending();
    return operation.kind() == Kind.RETURN
        && ending != null
        && ending.outcome() == Ending.Outcome.COMPLETED
        && target.equals(operation.from());
  }

  private static Optional<Operation> last(List<Operation> all, KeyId target) {
    return all.stream()
        .filter(operation -> operation.kind() == Kind.ROTATE)
        .reduce((earlier, later) -> later)
        .filter(operation -> Objects.equals(operation.to(), target));
  }

  private static boolean wasRefused(Operation operation) {
    Ending ending = operation.progress().ending();
    return ending != null && ending.outcome() == Ending.Outcome.REFUSED;
  }

  private boolean stillHolds(Operation refused, ClusterLook look, Ledger ledger) {
    Ending ending = Objects.requireNonNull(refused.progress().ending());
    Instant now = ports.time().instant();
    if (ending.reason() == Reason.ACCESS_DENIED && ending.seen() == null) {
      // Whether a right is there now only another try can tell.
      return now.isBefore(ending.at().plus(NEXT_TRY));
    }
    Facts facts =
        Facts.known(now, refused, ledger).with(look.cluster()).withVersions(look.versions());
    return facts.areRefinedBy(ending.seen())
        ? Objects.equals(ending.seen(), lookingAround(facts).fingerprint())
        : Objects.equals(ending.seen(), facts.fingerprint());
  }

  /** It costs many requests, so nobody looks before the cheaper facts are found to be the same. */
  private Facts lookingAround(Facts facts) {
    Operation refused = facts.operation();
    return facts.withPreflight(new RunPreflight(ports).aroundOnly(refused, facts.ledger()));
  }
}
