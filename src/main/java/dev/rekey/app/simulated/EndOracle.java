package dev.rekey.app.simulated;

import dev.rekey.operation.Operation;
import dev.rekey.storage.Row;
import java.util.List;
import java.util.Map;

/** P1, P4, P5: how it ends, and that it stays so. */
final class EndOracle implements Oracle {
  private final SimulatedWorld world;
  private final Violations violations;

  /** All that must not change any more. */
  private record State(
      Map<String, Integer> stored, long revision, String body, int versions, List<Row> rows) {}

  EndOracle(SimulatedWorld world, Violations violations) {
    this.world = world;
    this.violations = violations;
  }

  @Override
  public void atTheEnd() {
    for (Operation operation : world.operations()) {
      violations.check(
          !operation.isActive() || operation.progress().pending() != null,
          "P5",
          "an operation neither ends nor says what it waits for");
    }
    world.calls.calm();
    if (world.disturbances().haveMovedCluster()) {
      return; // whoever has moved it has taken over: nothing goes on by itself
    }
    violations.check(world.isGoalReached(), "P1", "what was wanted is not so at the end: " + now());
    if (world.isGoalReached()) {
      everythingOnceMore();
    }
  }

  private String now() {
    return world.operations().stream()
        .map(
            operation ->
                operation.kind()
                    + " "
                    + (operation.isActive()
                        ? operation.progress().pending()
                        : operation.progress().ending()))
        .toList()
        .toString();
  }

  /** P4: every event and message again, and another tick. */
  private void everythingOnceMore() {
    State before = state();
    world.host.delivered().forEach(world.host::deliver);
    world.step();
    violations.check(before.equals(state()), "P4", "another look changes something");
  }

  private State state() {
    return new State(
        world.cluster.oracle().countsByKeyId(),
        world.cluster.oracle().revision(),
        world.arm.bodyText(world.name),
        world.vault.allVersions(world.shown().key()).size(),
        world.rows());
  }
}
