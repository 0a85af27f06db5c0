package dev.rekey.service;

import dev.rekey.operation.DroppedKey;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Progress;
import dev.rekey.reencryption.DryScan;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.Limits;
import dev.rekey.reencryption.Scrape;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.OutsideFault;
import java.time.Duration;
import java.time.Instant;
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

  private static final DroppedKey NOTHING = new DroppedKey(0, false, DroppedKey.Reach.NONE);

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
    DroppedKey before = operation.progress().findings().dropped();
    DroppedKey seen = look(hasPatience);
    return noted(operation, before == null ? seen : before.then(seen));
  }

  /** That nothing can be counted is noted; what was seen stays. */
  Operation notCountable(Operation operation) {
    DroppedKey seen = operation.progress().findings().dropped();
    return noted(operation, (seen == null ? NOTHING : seen).notCountable());
  }

  private DroppedKey look(boolean hasPatience) {
    ApiServers servers = connection.apiServers();
    try {
      new CheckAccess(servers, ports.time()).run(true);
      Scrape scrape = new ReadReplicas(ports.time()).read(servers);
      boolean isOneUnseen = !scrape.isComplete() && !scrape.live().isEmpty();
      Instant deadline = ports.time().instant().plus(TO_LOOK);
      DryScan scan = new ScanSecrets(servers, ports.time(), limits, deadline).run().scan();
      return isOneUnseen ? NOTHING : of(scan);
    } catch (OutsideFault fault) {
      if (fault.isMissingRight() || hasPatience) {
        throw fault;
      }
      return NOTHING;
    }
  }

  /** What a scan has shown; nothing if it came to no end. */
  static DroppedKey of(@Nullable DryScan scan) {
    if (scan == null) {
      return NOTHING;
    }
    boolean areAllListed = count(scan, ExceptionReason.NAMESPACE_UNLISTABLE) == 0;
    return new DroppedKey(
        count(scan, ExceptionReason.UNDECRYPTABLE),
        scan.isWhole() && scan.untold() == 0,
        areAllListed ? DroppedKey.Reach.ALL : DroppedKey.Reach.SOME);
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
