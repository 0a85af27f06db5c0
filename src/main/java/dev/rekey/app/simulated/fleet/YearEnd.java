package dev.rekey.app.simulated.fleet;

import dev.rekey.app.simulated.Violations;
import dev.rekey.key.KeyId;
import dev.rekey.key.ProvedOn;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.service.port.Stored;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** P1 and P5: how a year ends. */
final class YearEnd {
  /** The timer looks for what is five minutes late, every ten minutes. */
  private static final Duration OVERDUE = Duration.ofMinutes(16);

  private final Fleet fleet;
  private final Violations violations;

  YearEnd(Fleet fleet, Violations violations) {
    this.fleet = fleet;
    this.violations = violations;
  }

  /** How many clusters are where they should be, and proved to be. */
  int proved() {
    int proved = 0;
    for (FleetMember member : fleet.members) {
      Optional<String> missing = missing(member);
      missing.ifPresent(what -> violations.add("P1", member + ": " + what + now(member)));
      proved += missing.isEmpty() ? 1 : 0;
      violations.check(isGoingOn(member), "P5", member + ": an operation neither ends nor waits");
    }
    return proved;
  }

  /** What isn't as it should be; empty if all is. */
  private Optional<String> missing(FleetMember member) {
    KeyId shown = member.keys.shown();
    if (!member.keys.isOn() || !fleet.vault.has(shown.key())) {
      return Optional.of("KMS is off, or its key is gone");
    }
    if (!OnCall.newestFit(fleet, shown.key()).equals(Optional.of(shown))) {
      return Optional.of("it isn't on the newest version of its key");
    }
    int elsewhere = member.cluster.oracle().count() - member.cluster.oracle().under(shown.url());
    if (elsewhere > 0) {
      return Optional.of(elsewhere + " Secrets lie elsewhere than under the newest version");
    }
    return proved(member).filter(on -> shown.equals(on.key())).isPresent()
        ? Optional.empty()
        : Optional.of("it isn't proved on the newest version");
  }

  private Optional<ProvedOn> proved(FleetMember member) {
    return fleet
        .records
        .ledger(member.name)
        .flatMap(ledger -> Optional.ofNullable(ledger.value().proved()));
  }

  private String now(FleetMember member) {
    return last(member)
        .map(
            operation ->
                "; last: "
                    + operation.kind().token()
                    + " "
                    + Objects.requireNonNullElse(
                        operation.progress().ending(), operation.progress().pending()))
        .orElse("");
  }

  private Optional<Operation> last(FleetMember member) {
    return fleet
        .records
        .lastOperationId(member.name)
        .flatMap(id -> fleet.records.operation(member.name, id))
        .map(Stored::value);
  }

  private Optional<Operation> active(FleetMember member) {
    return fleet.records.active(member.name).map(Stored::value);
  }

  private boolean isGoingOn(FleetMember member) {
    Optional<Operation> active = active(member);
    if (active.isEmpty() || fleet.queues.holdMessageFor(active.get())) {
      return true;
    }
    Pending pending = active.get().progress().pending();
    return pending != null && pending.nextLook().plus(OVERDUE).isAfter(fleet.time.instant());
  }
}
