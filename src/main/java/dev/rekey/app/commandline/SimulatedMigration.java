package dev.rekey.app.commandline;

import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import java.time.Duration;

/**
 * A cluster on KMS v1, and the persons who lead it to KMS v2: one asks for it, another approves
 * that KMS is turned off, and one upgrades Kubernetes when the operation asks for that.
 */
final class SimulatedMigration {
  /** The last minor version with KMS v1. */
  static final String OLD = "1.26.15";

  private static final String NEW = "1.27.9";
  private static final Duration PATIENCE = Duration.ofDays(1);
  private static final Origin APPROVER =
      new Origin(Origin.Trigger.COMMAND_LINE, "somebody else", "the plan was read");

  private final SimulatedRekey world;

  SimulatedMigration(SimulatedRekey world) {
    this.world = world;
  }

  /** The migration, as soon as Kubernetes is being upgraded for it. */
  Operation upgraded() throws InterruptedException {
    Operation waiting = approved();
    if (isStalledFor(waiting, Reason.AWAITING_UPGRADE)) {
      world.upgrade(NEW);
    }
    return waiting;
  }

  /** The same, when everything lies plain and it waits for the upgrade. */
  Operation approved() throws InterruptedException {
    Operation planned = asked();
    world.process().approve(planned, APPROVER);
    return run(planned);
  }

  /** The same, when its plan is to be approved. */
  Operation asked() throws InterruptedException {
    return run(world.ask(Kind.MIGRATE_TO_KMS_V2));
  }

  private Operation run(Operation operation) throws InterruptedException {
    return world.process().run(operation, any -> {}, PATIENCE);
  }

  private static boolean isStalledFor(Operation operation, Reason reason) {
    Pending pending = operation.progress().pending();
    return pending != null && pending.reason() == reason;
  }
}
