package dev.rekey.app.simulated.fleet;

import dev.rekey.key.KeyFitness;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Order;
import dev.rekey.operation.Pending;
import dev.rekey.operation.step.PlanHash;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.service.SteerOperation;
import dev.rekey.service.port.Conflict;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.Stored;
import dev.rekey.simulation.cluster.replica.SimulatedReplica;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who looks after the function app: a few times a day they look at what has stalled, and do what
 * its remedy says; they bring a failed cluster back, empty the poison queues, and ask for what puts
 * an error right that Rekey can put right.
 */
final class OnCall {
  static final String NAME = "on call";
  static final Duration BETWEEN_ROUNDS = Duration.ofHours(6);

  private static final int ROUNDS_OF_PATIENCE = 4;

  private final Fleet fleet;
  private final SteerOperation steer;
  private final Map<FleetMember, Wishes> wishes = new HashMap<>();

  /** The last operation of each whose end was looked at. */
  private final Map<FleetMember, String> lookedAt = new HashMap<>();

  private final Map<String, Integer> notConverging = new HashMap<>();
  private int said;

  OnCall(Fleet fleet) {
    this.fleet = fleet;
    this.steer = new SteerOperation(fleet.ports);
  }

  /** Somebody wants this to be done, as soon as it can be. */
  void want(FleetMember member, Kind kind) {
    wishes(member).add(kind);
  }

  private Wishes wishes(FleetMember member) {
    return wishes.computeIfAbsent(member, unused -> new Wishes(fleet, member));
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
    wishes(member).ask();
  }

  /**
   * How the last operation has ended, if nobody has looked at it yet: what the evidence names as
   * undecryptable lies under a key version to be brought back.
   */
  private void readEvidence(FleetMember member) {
    String last = fleet.records.lastOperationId(member.name).orElse("");
    if (last.equals(lookedAt.put(member, last))) {
      return;
    }
    if (fleet
        .records
        .evidence(member.name, last)
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
    String key = "said " + ++said;
    Order order = new Order(action, NAME, "as the remedy says", fleet.time.instant(), key, plan);
    steer.steer(operation.id(), order);
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
