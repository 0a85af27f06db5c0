package dev.rekey.app.simulated;

import dev.rekey.operation.Operation;
import dev.rekey.simulation.fault.Fault;
import dev.rekey.simulation.fault.OutsideCalls;
import java.util.Set;

/** T4: a message of an operation goes only after its result is stored. */
final class MessageOracle implements Oracle {
  private static final Set<String> WRITES =
      Set.of("Table.transact", "Table.insert", "Table.replace", "Messages.send");

  private final SimulatedWorld world;
  private final Violations violations;
  private String unstored = "";

  MessageOracle(SimulatedWorld world, Violations violations) {
    this.world = world;
    this.violations = violations;
  }

  /**
   * What was refused once may have been stored since. What another instance is refused meanwhile,
   * of that its own message stays; and who asks is told, and asks again.
   */
  @Override
  public void beforeCall(OutsideCalls.Observed observed) {
    if (WRITES.contains(observed.call().port()) && isOfAMessage()) {
      boolean refused = observed.fault().filter(Fault::isRefusal).isPresent();
      unstored = refused ? observed.call().port() : "";
    }
  }

  private boolean isOfAMessage() {
    return !world.host.isAnotherAtWork() && !world.host.isAsked();
  }

  @Override
  public void afterStep() {
    violations.check(
        unstored.isEmpty()
            || !world.host.hasLetMessageGo()
            || world.operations().stream().noneMatch(Operation::isActive),
        "T4",
        "a message went, though storage had refused " + unstored);
    unstored = "";
  }
}
