package dev.rekey.app.simulated;

import dev.rekey.key.Ledger;
import dev.rekey.key.LedgerEntry;
import dev.rekey.key.LedgerEntry.Slot;
import dev.rekey.service.port.Stored;
import java.util.List;
import java.util.Optional;

/**
 * T1: where our ledger has it that an operation of ours has put a key version into the previous
 * slot, which AKS doesn't show, it is there.
 */
final class LedgerOracle implements Oracle {
  private final SimulatedWorld world;
  private final Violations violations;
  private long writesSeen = -1;

  LedgerOracle(SimulatedWorld world, Violations violations) {
    this.world = world;
    this.violations = violations;
  }

  @Override
  public void afterStep() {
    if (world.table.writes() == writesSeen) {
      return;
    }
    writesSeen = world.table.writes();
    List<String> slots = world.controlPlane.slots();
    Optional<Ledger> ledger = world.records.ledger(world.name).map(Stored::value);
    boolean isStill = world.records.active(world.name).isEmpty() && world.keys.isOn();
    if (ledger.isPresent() && isStill && !world.disturbances().haveTakenOver()) {
      look(ledger.get(), slots);
    }
  }

  /** What somebody else has moved since, the timer has yet to find. */
  private void look(Ledger ledger, List<String> slots) {
    boolean isOfNow =
        last(ledger, Slot.CURRENT, Slot.KEPT)
            .map(entry -> entry.key().url())
            .filter(url -> slots.indexOf(url) == 0)
            .isPresent();
    previousByUs(ledger)
        .filter(previous -> isOfNow)
        .ifPresent(
            previous ->
                violations.check(
                    slots.indexOf(previous) == 1,
                    "T1",
                    "the ledger says that a version is in the previous slot, and another one is"));
  }

  /** The version that the previous slot holds by our own doing, as the ledger has it. */
  static Optional<String> previousByUs(Ledger ledger) {
    return last(ledger, Slot.PREVIOUS, Slot.KEPT)
        .filter(entry -> entry.slot() == Slot.PREVIOUS && entry.operationId() != null)
        .map(entry -> entry.key().url());
  }

  private static Optional<LedgerEntry> last(Ledger ledger, Slot one, Slot other) {
    return ledger.entries().stream()
        .filter(entry -> entry.slot() == one || entry.slot() == other)
        .reduce((earlier, later) -> later);
  }
}
