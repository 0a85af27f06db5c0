package dev.rekey.app.commandline;

import dev.rekey.key.KeyId;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Route;
import java.time.Duration;

/**
 * A cluster that somebody has moved to the next key version by hand, without rewriting a Secret,
 * and whose earlier version was disabled then: every Secret lies under it, and an API server that
 * restarts can read none.
 */
final class SimulatedExpiredKey {
  private static final Origin ORIGIN =
      new Origin(Origin.Trigger.COMMAND_LINE, "somebody", "a simulated wish");

  private static final Origin APPROVER =
      new Origin(Origin.Trigger.COMMAND_LINE, "somebody else", "the plan was read");

  private final SimulatedRekey world;

  SimulatedExpiredKey(SimulatedRekey world) {
    this.world = world;
  }

  /** The recovery that a person asks for and another one approves. */
  Operation approved() throws InterruptedException {
    return approve(asked());
  }

  /** The recovery that a person asks for, when its plan is to be approved. */
  Operation asked() throws InterruptedException {
    OneProcess process = world.process();
    process.reconcile();
    KeyId stale = world.vault().allVersions(SimulatedRekey.KEY).get(0).id();
    world.time().advance(Duration.ofHours(6)); // API servers hold data keys for a day
    KeyId current = world.vault().createVersion(SimulatedRekey.KEY);
    world.arm().rotatedByAnother(world.name(), current);
    world.time().advance(Duration.ofHours(1));
    world.cluster().readAllByAnother(); // as clients do all day
    KeyId next = world.vault().createVersion(SimulatedRekey.KEY);
    world.vault().setEnabled(stale, false);
    Operation asked =
        process
            .start(world.name(), Kind.RECOVER_EXPIRED_KEY, Route.of(current, next), ORIGIN)
            .orElseThrow();
    return process.run(asked, operation -> {}, Duration.ofHours(1));
  }

  Operation approve(Operation planned) {
    world.process().approve(planned, APPROVER);
    return world.process().unfinished(world.name()).orElseThrow();
  }
}
