package dev.rekey.service;

import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Decision;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.service.port.Message;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import dev.rekey.service.port.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a turn leaves behind when something outside gave no answer. A missing right refuses an
 * operation that hasn't begun and stalls one that has; if an API server says so, only when it is
 * still missing after some looks. Everything else waits, longer each time, and is tried again.
 */
final class TurnFault {
  private static final Backoff WAITS = new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(5));

  /** However long the other side asks for: a date that is wrong must not be the end of it. */
  private static final Duration LONGEST_ASKED = Duration.ofHours(1);

  /**
   * How often an API server says in a row that the same right is missing before it is taken at its
   * word: one that has just started answers everybody 403 until it has read the roles, and because
   * of a restart an operation would be refused, or wait for a person.
   */
  private static final int MOST_WITHOUT_RIGHTS = 3;

  private final Ports ports;

  TurnFault(Ports ports) {
    this.ports = ports;
  }

  void note(ClusterName cluster, String operationId, OutsideFault fault) {
    ports.signals().tell("outside-fault", fault);
    Optional<Stored<Operation>> stored = ports.records().operation(cluster, operationId);
    if (stored.isPresent() && stored.get().value().isActive()) {
      note(stored.get(), fault);
    }
  }

  private void note(Stored<Operation> stored, OutsideFault fault) {
    Operation operation = stored.value();
    int faults = inARow(fault, operation);
    boolean needsPerson =
        fault.isMissingRight() && (!mayHaveJustStarted(fault) || faults > MOST_WITHOUT_RIGHTS);
    if (needsPerson && !operation.progress().checked()) {
      refuse(stored, fault);
    } else {
      stay(stored, fault, faults, needsPerson);
    }
  }

  private void stay(Stored<Operation> stored, OutsideFault fault, int faults, boolean needsPerson) {
    if (needsPerson) {
      ports.signals().count("operation-stalled", Reason.ACCESS_DENIED.token());
    }
    Operation operation = stored.value();
    Instant now = ports.time().instant();
    Duration wait =
        needsPerson
            ? Decision.Stall.LOOK_AGAIN
            : WAITS.after(faults, fault.retryAfter(), LONGEST_ASKED);
    Pending pending =
        Pending.staying(
            operation.progress().pending(),
            now,
            needsPerson ? Pending.Doing.STALLED : Pending.Doing.WAITING,
            fault.isMissingRight() ? Reason.ACCESS_DENIED : Reason.OUTSIDE_NOT_ANSWERING,
            now.plus(wait),
            Remark.behind(fault.getMessage(), operation),
            faults);
    Operation saved =
        ports
            .records()
            .save(stored.with(operation.with(operation.progress().with(pending).nextTurn())))
            .value();
    ports.messages().send(Message.Advance.to(saved), wait);
  }

  private static boolean mayHaveJustStarted(OutsideFault fault) {
    return fault.system() == OutsideSystem.API_SERVER
        && fault.kind() == OutsideFault.Kind.FORBIDDEN;
  }

  /** This one included; a right that is missing for the first time begins anew. */
  private static int inARow(OutsideFault fault, Operation operation) {
    Pending before = operation.progress().pending();
    if (before == null) {
      return 1;
    }
    String said = Remark.behind(fault.getMessage(), operation);
    boolean another = mayHaveJustStarted(fault) && !Objects.equals(said, before.detail());
    return another ? 1 : before.faults() + 1;
  }

  private void refuse(Stored<Operation> stored, OutsideFault fault) {
    Ending ending =
        new Ending(
            Ending.Outcome.REFUSED,
            Reason.ACCESS_DENIED,
            fault.getMessage(),
            null,
            ports.time().instant());
    Operation operation = stored.value();
    ports.records().end(stored.with(operation.with(operation.progress().with(ending))));
    ports.signals().count("operation-refused", Reason.ACCESS_DENIED.token());
  }
}
