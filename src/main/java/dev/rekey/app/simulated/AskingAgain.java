package dev.rekey.app.simulated;

import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Order;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Route;
import dev.rekey.service.StartOperation;
import dev.rekey.service.SteerOperation;
import dev.rekey.service.port.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whoever asks for the recovery of a version that can't be used, and is refused since the newest
 * one can't be used either just then. Mostly Rekey gets on by itself from there. Where it is stuck
 * with what it has begun, because nobody can read the Secrets any more, they cancel that and ask
 * once more, as soon as the newest version can be used.
 */
final class AskingAgain {
  private static final Duration A_MOMENT = Duration.ofMinutes(1);
  private static final Duration MOST_PATIENT = Duration.ofHours(6);

  private final SimulatedWorld world;

  AskingAgain(SimulatedWorld world) {
    this.world = world;
  }

  /** Lets the time pass until it was asked for once more, or needn't be. */
  boolean hasAsked() {
    Instant end = world.time.instant().plus(MOST_PATIENT);
    while (wasRefused() && !world.isGoalReached() && world.time.instant().isBefore(end)) {
      if (isNewestFit()) {
        stuck().ifPresent(operation -> world.host.ask(() -> askInPlaceOf(operation)));
      }
      world.passTheTime(A_MOMENT);
      if (!wasRefused()) {
        return true;
      }
    }
    return false;
  }

  private boolean wasRefused() {
    return world.operations().stream()
        .filter(operation -> operation.kind() == Kind.RECOVER_EXPIRED_KEY)
        .reduce((earlier, later) -> later)
        .map(operation -> operation.progress().ending())
        .map(Ending::reason)
        .filter(Reason.TARGET_UNFIT::equals)
        .isPresent();
  }

  private boolean isNewestFit() {
    return world.vault.peek(world.keys.newest().url()).map(KeyVersion::enabled).orElse(false);
  }

  private Optional<Operation> stuck() {
    return world
        .records
        .active(world.name)
        .map(Stored::value)
        .filter(operation -> operation.progress().hasStalled())
        .filter(operation -> !operation.origin().isOfAPerson() && operation.canBeCancelled());
  }

  private void askInPlaceOf(Operation stuck) {
    Order cancel =
        new Order(
            Order.Action.CANCEL,
            "somebody",
            "the key version is recovered first",
            world.clock.instant(),
            null,
            null);
    new SteerOperation(world.ports).steer(stuck.id(), cancel);
    KeyId newest = world.keys.newest();
    new StartOperation(world.ports)
        .start(
            world.name,
            Kind.RECOVER_EXPIRED_KEY,
            new Route(List.of(world.keys.settings(), KmsSettings.of(newest))),
            new Origin(Origin.Trigger.HTTP, "somebody", "a simulated wish once more"));
  }
}
