package dev.rekey.app.simulated;

import dev.rekey.key.Cloud;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Order;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.operation.step.PlanHash;
import dev.rekey.service.Conduct;
import dev.rekey.service.OperationRequest;
import dev.rekey.service.RequestOperation;
import dev.rekey.service.SteerOperation;
import dev.rekey.simulation.cluster.etcd.StoredSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Somebody has moved the cluster twice by hand and rewritten nothing; what nobody has written since
 * can't be read. A person asks for the recovery, approves its plan and every other one that it
 * comes to, and asks again where another version is needed.
 */
final class BringingBack {
  private static final Duration A_MOMENT = Duration.ofMinutes(1);
  private static final Duration A_WHILE = Duration.ofHours(1);
  private static final Duration BETWEEN_WISHES = Duration.ofMinutes(20);
  private static final Duration MOST_PATIENT = Duration.ofHours(8);

  /** Under each of the two versions in the slots others have written one Secret of so many. */
  private static final int ONE_OF = 3;

  private final SimulatedWorld world;
  private final SteerOperation steer;
  private final RequestOperation request;
  private int said;
  private Instant lastWish = Instant.MIN;

  BringingBack(SimulatedWorld world) {
    this.world = world;
    this.steer = new SteerOperation(world.ports);
    this.request = new RequestOperation(world.ports, Conduct.auto(Cloud.PUBLIC));
  }

  void play() {
    while (world.vault.allVersions(SimulatedWorld.KEY).stream()
        .anyMatch(version -> !version.enabled())) {
      world.passTheTime(A_MOMENT);
    }
    moveTwice();
    Instant end = world.time.instant().plus(MOST_PATIENT);
    while (!isAnswered() && world.time.instant().isBefore(end)) {
      say();
      world.passTheTime(A_MOMENT);
    }
  }

  private void moveTwice() {
    boolean inTheMiddle = !world.isAtRest();
    List<StoredSecret> secrets = world.cluster.oracle().secrets();
    for (int move = 0; move < 2; move++) {
      world.time.advance(A_WHILE);
      world.arm.rotatedByAnother(world.name, world.vault.createVersion(SimulatedWorld.KEY));
      world.vault.takeEvents();
      world.time.advance(A_WHILE);
      world.keys.shown(); // ARM notices that it has come to its end
      for (int number = move; number < secrets.size(); number += ONE_OF) {
        world.disturbances().edit(secrets.get(number));
      }
    }
    world.envelopes.noteDroppedByOthers();
    world.disturbances().noteMoved(inTheMiddle);
  }

  private void say() {
    Optional<Operation> last = last();
    Reason reason = last.map(BringingBack::reason).orElse(null);
    if (reason == Reason.AWAITING_APPROVAL) {
      world.host.ask(() -> approve(last.orElseThrow()));
    } else if (reason == Reason.KEY_VERSION_DROPPED || !isActive(last)) {
      ask();
    }
  }

  private static Reason reason(Operation operation) {
    Pending pending = operation.progress().pending();
    return pending == null ? Reason.RECORDED : pending.reason();
  }

  private static boolean isActive(Optional<Operation> operation) {
    return operation.map(Operation::isActive).orElse(false);
  }

  private void ask() {
    if (world.time.instant().isBefore(lastWish.plus(BETWEEN_WISHES))) {
      return;
    }
    lastWish = world.time.instant();
    Origin origin = new Origin(Origin.Trigger.HTTP, "somebody", "a wish", "wish " + ++said);
    OperationRequest wish =
        new OperationRequest(world.name, Kind.RECOVER_DROPPED_KEY, null, null, null, null, origin);
    world.host.ask(() -> request.request(wish));
  }

  private void approve(Operation operation) {
    Order approval =
        new Order(
            Order.Action.APPROVE,
            "somebody else",
            "the plan was read",
            world.clock.instant(),
            null,
            PlanHash.of(operation));
    steer.steer(operation.id(), approval);
  }

  /** It is done, or there was nothing to do. */
  private boolean isAnswered() {
    Ending ending = last().map(operation -> operation.progress().ending()).orElse(null);
    return ending != null
        && (ending.outcome() == Ending.Outcome.COMPLETED
            || ending.reason() == Reason.NOTHING_UNREADABLE);
  }

  private Optional<Operation> last() {
    return world.operations().stream()
        .filter(operation -> operation.kind() == Kind.RECOVER_DROPPED_KEY)
        .reduce((earlier, later) -> later);
  }
}
