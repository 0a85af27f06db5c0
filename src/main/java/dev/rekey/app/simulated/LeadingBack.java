package dev.rekey.app.simulated;

import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Order;
import dev.rekey.operation.Origin;
import dev.rekey.operation.step.PlanHash;
import dev.rekey.service.Conduct;
import dev.rekey.service.OperationRequest;
import dev.rekey.service.RequestOperation;
import dev.rekey.service.SteerOperation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A person whose cluster is on its way to a key version that no API server can load, and who leads
 * it back: pauses the rotation, asks for the return, approves it, and lets the API servers at the
 * version once the cluster has left it. Where it can't go back, it is let go forward.
 */
final class LeadingBack {
  private static final Duration A_MOMENT = Duration.ofMinutes(1);
  private static final int MOST_TRIES = 3;
  private static final Duration MOST_PATIENT = Duration.ofHours(6);

  /** After an hour ARM gives up on API servers that don't come round. */
  private static final Duration UNTIL_ARM_GIVES_UP = Duration.ofMinutes(70);

  private final SimulatedWorld world;
  private final SteerOperation steer;
  private int said;
  private final RequestOperation request;

  LeadingBack(SimulatedWorld world) {
    this.world = world;
    this.steer = new SteerOperation(world.ports);
    this.request = new RequestOperation(world.ports, Conduct.auto(Cloud.PUBLIC));
  }

  void play() {
    world.vault.createVersion(SimulatedWorld.KEY);
    passUntil(() -> taken().isPresent());
    taken().ifPresent(this::leadBack);
  }

  /** The version that ARM was last asked for. */
  private Optional<KeyId> taken() {
    return world.arm.acceptedUpdates().stream()
        .reduce((earlier, later) -> later)
        .map(update -> update.to().key());
  }

  private void leadBack(KeyId left) {
    world.serversIdentity.deny(left);
    say(Kind.ROTATE, Order.Action.PAUSE);
    world.passTheTime(UNTIL_ARM_GIVES_UP);
    for (int tries = 0; tries < MOST_TRIES && !hasReturned(); tries++) {
      tryToReturn(left);
    }
    world.serversIdentity.allowAll();
    if (!hasReturned()) {
      say(Kind.ROTATE, Order.Action.RESUME);
      ask(Kind.REENCRYPT);
    }
  }

  private void tryToReturn(KeyId left) {
    ask(Kind.RETURN);
    passUntil(() -> last(Kind.RETURN).map(LeadingBack::isChecked).orElse(true));
    say(Kind.RETURN, Order.Action.APPROVE);
    passUntil(() -> !isActive(Kind.RETURN) || !Optional.of(left).equals(taken()));
    if (isActive(Kind.RETURN)) {
      world.serversIdentity.allowAll();
      passUntil(() -> !isActive(Kind.RETURN));
    }
  }

  private static boolean isChecked(Operation operation) {
    return !operation.isActive() || operation.progress().checked();
  }

  private boolean isActive(Kind kind) {
    return last(kind).map(Operation::isActive).orElse(false);
  }

  private boolean hasReturned() {
    return last(Kind.RETURN)
        .map(operation -> operation.progress().ending())
        .map(ending -> ending.outcome() == Ending.Outcome.COMPLETED)
        .orElse(false);
  }

  private Optional<Operation> last(Kind kind) {
    return world.operations().stream()
        .filter(operation -> operation.kind() == kind)
        .reduce((earlier, later) -> later);
  }

  private void passUntil(BooleanSupplier reached) {
    Instant end = world.time.instant().plus(MOST_PATIENT);
    while (!reached.getAsBoolean() && world.time.instant().isBefore(end)) {
      world.step();
    }
  }

  /** Until one has begun, or it is plain that none does. */
  private void ask(Kind kind) {
    for (int tries = 0; tries < MOST_TRIES && !isActive(kind); tries++) {
      String key = "wish " + ++said;
      Origin origin = new Origin(Origin.Trigger.HTTP, "somebody", "a wish", key);
      OperationRequest wish =
          new OperationRequest(world.name, kind, null, null, null, null, origin);
      world.host.ask(() -> request.request(wish));
    }
  }

  /** Until it has been heard, or there is nobody to hear it. */
  private void say(Kind kind, Order.Action action) {
    for (int tries = 0; tries < MOST_TRIES && isActive(kind) && !isHeard(kind, action); tries++) {
      Operation operation = last(kind).orElseThrow();
      Order order = order(action, operation);
      world.host.ask(() -> steer.steer(operation.id(), order));
    }
    world.passTheTime(A_MOMENT);
  }

  private boolean isHeard(Kind kind, Order.Action action) {
    return last(kind).flatMap(one -> one.progress().orders().last(action)).isPresent();
  }

  private Order order(Order.Action action, Operation operation) {
    String plan = action == Order.Action.APPROVE ? PlanHash.of(operation) : null;
    return new Order(
        action, "somebody", "a simulated order", world.time.instant(), action.token(), plan);
  }
}
