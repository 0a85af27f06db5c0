package dev.rekey.service;

import dev.rekey.operation.Kind;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Mode;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Route;
import dev.rekey.service.port.Stored;
import java.util.Optional;

/**
 * Begins an operation that changes something and that nobody has asked for, as far as the cluster's
 * mode and the limit on operations let it:
 *
 * <ol>
 *   <li>In {@code observe} none begins.
 *   <li>In {@code approve} one begins that waits for a person, whatever the limit says: as long as
 *       it waits it changes nothing, and isn't counted.
 *   <li>In {@code auto} one begins unless so many are under way already.
 * </ol>
 *
 * <p>No maintenance window is asked here. It holds back rotations ({@link HoldBack}), which begin a
 * change; a rewrite that puts right what somebody else has begun is the rest of a change. It sends
 * no update, so no API server restarts for it, and until it is proved the next change of the key
 * may drop a version that Secrets still lie under.
 *
 * <p>Serves one look around, on one thread.
 */
final class StartByItself {
  private final Ports ports;
  private final Conduct conduct;
  private final ChangesUnderWay underWay;

  /** For a look around of its own. */
  StartByItself(Ports ports, Conduct conduct) {
    this(ports, conduct, new ChangesUnderWay(ports.records(), conduct.mostOperations()));
  }

  /** Counts what it begins among those that are under way. */
  StartByItself(Ports ports, Conduct conduct, ChangesUnderWay underWay) {
    this.ports = ports;
    this.conduct = conduct;
    this.underWay = underWay;
  }

  /** The new operation; empty if another one is active, or none may be begun. */
  Optional<Operation> start(ManagedCluster cluster, Kind kind, Route route, Origin origin) {
    return switch (mode(cluster)) {
      case OBSERVE -> observed();
      case APPROVE -> begin(cluster, kind, route, origin.askingFirst());
      case AUTO ->
          underWay.areAtTheirLimit()
              ? heldByLimit(cluster, kind)
              : begin(cluster, kind, route, origin);
    };
  }

  /**
   * The same in the place of one that is active, so that there are no more than before.
   *
   * @param ended the one that is active, with its end
   */
  Optional<Operation> inPlaceOf(
      Stored<Operation> ended, ManagedCluster cluster, Kind kind, Route route, Origin origin) {
    return switch (mode(cluster)) {
      case OBSERVE -> observed();
      case APPROVE -> noted(inPlaceOf(ended, kind, route, origin.askingFirst()));
      case AUTO -> noted(inPlaceOf(ended, kind, route, origin));
    };
  }

  private Optional<Operation> begin(ManagedCluster cluster, Kind kind, Route route, Origin origin) {
    return noted(new StartOperation(ports).start(cluster.name(), kind, route, origin));
  }

  private Optional<Operation> inPlaceOf(
      Stored<Operation> ended, Kind kind, Route route, Origin origin) {
    return new StartOperation(ports).inPlaceOf(ended, kind, route, origin);
  }

  private Optional<Operation> noted(Optional<Operation> begun) {
    begun.ifPresent(underWay::noteBegun);
    return begun;
  }

  private Optional<Operation> observed() {
    ports.signals().count("start-declined", "observe-only");
    return Optional.empty();
  }

  private Optional<Operation> heldByLimit(ManagedCluster cluster, Kind kind) {
    ports
        .signals()
        .tell(
            "start-declined",
            ChangesUnderWay.AT_THEIR_LIMIT,
            kind.token() + " of " + cluster.name() + ": " + underWay.text());
    return Optional.empty();
  }

  private Mode mode(ManagedCluster cluster) {
    return conduct.mode().with(cluster.tags());
  }
}
