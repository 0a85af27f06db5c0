package dev.rekey.service;

import dev.rekey.operation.DroppedKey;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Progress;
import dev.rekey.reencryption.DryScan;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.Limits;
import dev.rekey.service.port.OutsideFault;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sees by a dry run of each Secret which can't be decrypted, and whether all can be listed. API
 * servers that give no answer are no fault here: that a version is missing may be why.
 */
final class LookForUnreadable {
  /** A person waits for the plan, and the count comes anyway. */
  private static final Duration TO_LOOK = Duration.ofSeconds(60);

  /** How often in a row no answer may come before that is taken for how it is. */
  private static final int MOST_FAULTS = 5;

  private final Ports ports;
  private final Connection connection;
  private final Limits limits;

  LookForUnreadable(Ports ports, Connection connection, Limits limits) {
    this.ports = ports;
    this.connection = connection;
    this.limits = limits;
  }

  /**
   * What was seen, noted.
   *
   * @throws OutsideFault if a right is missing; if there is no answer, for some time
   */
  Operation look(Operation operation) {
    Pending pending = operation.progress().pending();
    boolean hasPatience = pending == null || pending.faults() < MOST_FAULTS;
    return noted(operation, of(scan(hasPatience)));
  }

  /** That nothing can be counted is noted; what was seen stays. */
  Operation notCountable(Operation operation) {
    DroppedKey seen = operation.progress().findings().dropped();
    return noted(operation, seen == null ? of(null) : seen.notCountable());
  }

  private @Nullable DryScan scan(boolean hasPatience) {
    try {
      new CheckAccess(connection.apiServers(), ports.time()).run(true);
      return new ScanSecrets(
              connection.apiServers(), ports.time(), limits, ports.time().instant().plus(TO_LOOK))
          .run()
          .scan();
    } catch (OutsideFault fault) {
      if (fault.isMissingRight() || hasPatience) {
        throw fault;
      }
      return null;
    }
  }

  /** What a scan has shown; nothing if it came to no end. */
  static DroppedKey of(@Nullable DryScan scan) {
    return scan == null
        ? new DroppedKey(0, false, false)
        : new DroppedKey(
            count(scan, ExceptionReason.UNDECRYPTABLE),
            scan.isWhole() && scan.untold() == 0,
            count(scan, ExceptionReason.NAMESPACE_UNLISTABLE) == 0);
  }

  private static long count(DryScan scan, ExceptionReason reason) {
    DryScan.Some some = scan.found().get(reason);
    return some == null ? 0 : some.count();
  }

  private static Operation noted(Operation operation, DroppedKey seen) {
    Progress progress = operation.progress();
    return operation.with(progress.with(progress.findings().with(seen)));
  }
}
