package dev.rekey.app.simulated;

import dev.rekey.operation.Kind;
import dev.rekey.operation.KubernetesVersion;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Order;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.operation.step.PlanHash;
import dev.rekey.service.SteerOperation;
import dev.rekey.service.port.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The persons around a migration from KMS v1: one approves the plan when that is asked for, one
 * upgrades Kubernetes when that is. Nobody does either before. In worlds with an odd seed whoever
 * asks for the migration has it upgrade by itself, and the third steps in where that is left to
 * one.
 */
final class Migrating {
  /** The last minor version with KMS v1. */
  static final String OLD = "1.26.15";

  private static final KubernetesVersion NEW = new KubernetesVersion(1, 27, 9);
  private static final Duration A_MOMENT = Duration.ofMinutes(1);
  private static final Duration MOST_PATIENT = Duration.ofHours(12);

  private final SimulatedWorld world;
  private boolean upgraded;

  Migrating(SimulatedWorld world) {
    this.world = world;
  }

  /** What the one who asks for it says of the upgrade; null for nothing. */
  static @Nullable KubernetesVersion upgradeTo(SimulatedWorld world) {
    return world.shape.seed() % 2 == 0 ? null : NEW;
  }

  /** Until Kubernetes is being upgraded, or nothing is asked for any more. */
  void play() {
    Instant end = world.time.instant().plus(MOST_PATIENT);
    while (!upgraded && active().isPresent() && world.time.instant().isBefore(end)) {
      active().ifPresent(this::help);
      world.passTheTime(A_MOMENT);
    }
  }

  private Optional<Operation> active() {
    return world
        .records
        .active(world.name)
        .map(Stored::value)
        .filter(operation -> operation.kind() == Kind.MIGRATE_TO_KMS_V2);
  }

  private void help(Operation operation) {
    Pending pending = operation.progress().pending();
    if (pending != null && pending.reason() == Reason.AWAITING_APPROVAL) {
      world.host.ask(() -> approve(operation));
    } else if (pending != null && pending.reason() == Reason.AWAITING_UPGRADE) {
      upgraded = true;
      world.upgrade(NEW.toString());
    }
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
    new SteerOperation(world.ports).steer(operation.id(), approval);
  }
}
