package dev.rekey.app.simulated.fleet;

import dev.rekey.key.KeyFitness;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.ProvedOn;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Order;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.operation.step.PlanHash;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.service.OperationRequest;
import dev.rekey.service.RequestAnswer;
import dev.rekey.service.RequestOperation;
import dev.rekey.service.SteerOperation;
import dev.rekey.service.port.Conflict;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.Stored;
import dev.rekey.simulation.cluster.replica.SimulatedReplica;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who looks after the function app: a few times a day they look at what has stalled, and do what
 * its remedy says; they bring a failed cluster back, empty the poison queues, and ask for what puts
 * an error right that Rekey can put right.
 */
final class OnCall {
  static final Duration BETWEEN_ROUNDS = Duration.ofHours(6);

  private static final int ROUNDS_OF_PATIENCE = 4;

  private final Fleet fleet;
  private final RequestOperation request;
  private final SteerOperation steer;

  /** What is wanted of each, by kind, what was wanted first coming first. */
  private final Map<FleetMember, Map<Kind, Wish>> wishes = new HashMap<>();

  /** The last operation of each whose end was looked at. */
  private final Map<FleetMember, String> lookedAt = new HashMap<>();

  private final Map<String, Integer> notConverging = new HashMap<>();
  private int said;

  OnCall(Fleet fleet) {
    this.fleet = fleet;
    this.request = new RequestOperation(fleet.ports, fleet.conduct);
    this.steer = new SteerOperation(fleet.ports);
  }

  /** Somebody wants this to be done, as soon as it can be. */
  void want(FleetMember member, Kind kind) {
    wishes(member).put(kind, new Wish(kind, fleet.time.instant()));
  }

  private Map<Kind, Wish> wishes(FleetMember member) {
    return wishes.computeIfAbsent(member, unused -> new LinkedHashMap<>());
  }

  /** What has no answer is left for the next round. */
  void round() {
    fleet.members.forEach(this::lookIfPossible);
    fleet.queues.queue().emptyPoison();
  }

  private void lookIfPossible(FleetMember member) {
    try {
      look(member);
    } catch (OutsideFault | Conflict noAnswer) {
      // What was to be done is to be done still, and the next round comes to it.
    }
  }

  private void look(FleetMember member) {
    Optional<Operation> active = fleet.records.active(member.name).map(Stored::value);
    if (fleet.arm.read(member.name).provisioningState().equals("Failed")) {
      // az aks update, without a change
      fleet.byOthers(() -> fleet.arm.updatedByAnother(member.name, member.keys.settings()));
    }
    Pending pending = active.map(operation -> operation.progress().pending()).orElse(null);
    if (pending != null && pending.doing() == Pending.Doing.STALLED) {
      follow(member, active.orElseThrow(), pending);
    }
    if (active.isEmpty()) {
      readEvidence(member);
    }
    wishes(member).values().removeIf(wish -> isNeedless(member, wish));
    List.copyOf(wishes(member).values()).stream()
        .filter(wish -> isBegun(member, wish))
        .findFirst()
        .ifPresent(begun -> wishes(member).remove(begun.kind()));
  }

  /** How the last operation has ended, if nobody has looked at it yet. */
  private void readEvidence(FleetMember member) {
    String last = fleet.records.lastOperationId(member.name).orElse("");
    if (!last.equals(lookedAt.put(member, last))) {
      fleet
          .records
          .operation(member.name, last)
          .map(stored -> stored.value().progress().ending())
          .ifPresent(ending -> readEvidence(member, last, ending));
    }
  }

  /**
   * What the evidence names as undecryptable lies under a key version to be brought back; and where
   * nothing was to be brought back, the rewrite that was given up for that is asked for again.
   */
  private void readEvidence(FleetMember member, String operation, Ending ending) {
    if (ending.reason() == Reason.NOTHING_UNREADABLE) {
      want(member, Kind.REENCRYPT);
    }
    if (fleet
        .records
        .evidence(member.name, operation)
        .map(stored -> stored.evidence().exceptionReasons())
        .filter(reasons -> reasons.containsKey(ExceptionReason.UNDECRYPTABLE.token()))
        .isPresent()) {
      want(member, Kind.RECOVER_DROPPED_KEY);
    }
  }

  /** Does what the stall's remedy says. */
  private void follow(FleetMember member, Operation operation, Pending pending) {
    switch (pending.reason()) {
      case AWAITING_APPROVAL -> say(operation, Order.Action.APPROVE, PlanHash.of(operation));
      case KEY_VERSION_DROPPED -> want(member, Kind.RECOVER_DROPPED_KEY);
      case CLUSTER_ON_ANOTHER_KEY -> want(member, Kind.REENCRYPT);
      case NOT_CONVERGING -> followNotConverging(member, operation);
      default -> say(operation, Order.Action.RETRY, null);
    }
  }

  /**
   * Where nothing at all can be decrypted, no API server can show which key it writes with, and the
   * rewrite waits for that for ever. It is ended, and the missing version brought back.
   */
  private void followNotConverging(FleetMember member, Operation operation) {
    int rounds = notConverging.merge(operation.id(), 1, Integer::sum);
    boolean areWell = member.alive().stream().allMatch(SimulatedReplica::areKeysHealthy);
    if (operation.kind() == Kind.REENCRYPT && rounds > ROUNDS_OF_PATIENCE && areWell) {
      say(operation, Order.Action.CANCEL, null);
      want(member, Kind.RECOVER_DROPPED_KEY);
    } else {
      say(operation, Order.Action.RETRY, null);
    }
  }

  private void say(Operation operation, Order.Action action, @Nullable String plan) {
    Order order =
        new Order(action, "on call", "as the remedy says", fleet.time.instant(), key(), plan);
    steer.steer(operation.id(), order);
  }

  private boolean isBegun(FleetMember member, Wish wish) {
    return switch (wish.kind()) {
      case ROTATE, ENABLE ->
          newest(member.home).map(newest -> ask(member, wish.kind(), newest)).orElse(false);
      case RECOVER_DROPPED_KEY -> ask(member, wish.kind(), provedOfAnotherKey(member));
      default -> ask(member, wish.kind(), null);
    };
  }

  /** Rekey looks for what is missing among the versions of the key in use; another one is named. */
  private @Nullable KeyId provedOfAnotherKey(FleetMember member) {
    return fleet
        .records
        .ledger(member.name)
        .map(ledger -> ledger.value().proved())
        .map(ProvedOn::key)
        .filter(key -> !key.isVersionOfSameKey(member.keys.shown()))
        .orElse(null);
  }

  private boolean ask(FleetMember member, Kind kind, @Nullable KeyId target) {
    Origin origin = new Origin(Origin.Trigger.HTTP, "on call", "to put it right", key());
    OperationRequest wish =
        new OperationRequest(member.name, kind, null, target, null, null, origin);
    return request.request(wish) instanceof RequestAnswer.Accepted;
  }

  private String key() {
    return "said " + ++said;
  }

  /** Somebody, or Rekey, was faster. */
  private boolean isNeedless(FleetMember member, Wish wish) {
    return switch (wish.kind()) {
      case ROTATE -> member.keys.shown().key().isSameKeyAs(member.home);
      case ENABLE -> member.keys.isOn();
      case RECOVER_EXPIRED_KEY -> member.controlPlane.slots().stream().allMatch(this::isFit);
      default -> isProvedSince(member, wish.since());
    };
  }

  private boolean isProvedSince(FleetMember member, Instant since) {
    return fleet
        .records
        .ledger(member.name)
        .map(ledger -> ledger.value().proved())
        .filter(proved -> member.keys.shown().equals(proved.key()) && proved.at().isAfter(since))
        .isPresent();
  }

  private boolean isFit(String url) {
    Instant now = fleet.time.instant();
    return fleet.vault.peek(url).filter(one -> one.fitnessAt(now) == KeyFitness.FIT).isPresent();
  }

  private Optional<KeyId> newest(VaultKey key) {
    return fleet.vault.has(key) ? newestFit(fleet, key) : Optional.empty();
  }

  /** The newest version that can be used. */
  static Optional<KeyId> newestFit(Fleet fleet, VaultKey key) {
    Instant now = fleet.time.instant();
    return fleet.vault.allVersions(key).stream()
        .filter(version -> version.fitnessAt(now) == KeyFitness.FIT)
        .max(Comparator.comparing(KeyVersion::created))
        .map(KeyVersion::id);
  }
}
