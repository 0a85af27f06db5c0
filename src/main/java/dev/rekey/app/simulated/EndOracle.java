package dev.rekey.app.simulated;

import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.storage.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** P1, P4, P5, T2: how it ends, and that it stays so. */
final class EndOracle implements Oracle {
  /** The timer looks for what is five minutes late, every ten minutes. */
  private static final Duration OVERDUE = Duration.ofMinutes(16);

  private final SimulatedWorld world;
  private final Violations violations;

  /** All that must not change any more. */
  private record State(
      Map<String, Integer> stored, long revision, String body, int versions, List<Row> rows) {

    /** What another state differs in. */
    List<String> without(State later) {
      List<String> parts = new ArrayList<>();
      if (!stored.equals(later.stored) || revision != later.revision) {
        parts.add("what is stored");
      }
      if (!body.equals(later.body)) {
        parts.add("the cluster's body");
      }
      if (versions != later.versions) {
        parts.add("the key's versions");
      }
      later.rows.stream().filter(row -> !rows.contains(row)).map(Row::toString).forEach(parts::add);
      rows.stream().filter(row -> !later.rows.contains(row)).map(Row::toString).forEach(parts::add);
      return parts;
    }
  }

  EndOracle(SimulatedWorld world, Violations violations) {
    this.world = world;
    this.violations = violations;
  }

  @Override
  public void atTheEnd() {
    world.calls.calm();
    if (world.hasTimer() && !active().allMatch(this::isGoingOn)) {
      world.passTheTime(OVERDUE); // it was stored a moment ago, or its message was lost
    }
    active().forEach(this::checkWaits);
    world.signals.all().stream()
        .filter(signal -> signal.name().equals("promise-broken"))
        .forEach(signal -> violations.add(signal.reason(), signal.name()));
    checkPoison();
    if (world.disturbances().haveTakenOver()) {
      return; // nothing goes on by itself
    }
    violations.check(world.isGoalReached(), "P1", "what was wanted is not so at the end: " + now());
    if (world.isGoalReached() && world.isAtRest() && !isToBeTriedAgain()) {
      everythingOnceMore();
    }
  }

  /** Nothing is proved yet since somebody moved the cluster: the timer tries, ever more rarely. */
  private boolean isToBeTriedAgain() {
    return world
        .records
        .ledger(world.name)
        .flatMap(ledger -> ledger.value().foundUnproved())
        .isPresent();
  }

  /** The timer tells of it. */
  private void checkPoison() {
    if (world.queues.poison() > 0 && world.hasTimer()) {
      world.passTheTime(OVERDUE);
    }
    violations.check(
        world.queues.poison() == 0 || world.signals.has("poison-messages"),
        "T2",
        "a message has become poison, and nobody is told");
  }

  private Stream<Operation> active() {
    return world.operations().stream().filter(Operation::isActive);
  }

  /** Whether it says what it waits for, and when it looks again; or is about to be looked at. */
  private boolean isGoingOn(Operation operation) {
    Pending pending = operation.progress().pending();
    boolean says =
        pending != null
            && pending.doing() != Pending.Doing.ACTING
            && pending.nextLook().plus(OVERDUE).isAfter(world.time.instant());
    return says || world.queues.holdMessageFor(operation);
  }

  /** P5, and T2: a person who must do something is told so. */
  private void checkWaits(Operation operation) {
    Pending pending = operation.progress().pending();
    violations.check(
        isGoingOn(operation),
        "P5",
        "an operation neither ends nor says what it waits for: " + pending);
    violations.check(
        pending == null
            || pending.doing() != Pending.Doing.STALLED
            || world.signals.has("operation-stalled")
            || world.signals.has("promise-broken"),
        "T2",
        "an operation has stalled, and nobody is told");
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
    List<String> changed = before.without(state());
    violations.check(changed.isEmpty(), "P4", "another look changes " + changed);
  }

  private State state() {
    return new State(
        world.cluster.oracle().countsByKeyId(),
        world.cluster.oracle().revision(),
        world.arm.bodyText(world.name),
        world.vault.allVersions(world.keys.shown().key()).size(),
        world.rows().stream().filter(row -> !isOfAlerts(row)).toList());
  }

  /** They follow what others do, and what can be seen: a version may be enabled again just then. */
  private static boolean isOfAlerts(Row row) {
    return row.rowKey().equals("alerts");
  }
}
