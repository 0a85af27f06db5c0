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
 * mode lets it: in {@code observe} none, in {@code approve} one that waits for a person.
 */
final class StartByItself {
  private final Ports ports;
  private final Conduct conduct;

  StartByItself(Ports ports, Conduct conduct) {
    this.ports = ports;
    this.conduct = conduct;
  }

  /** The new operation; empty if another one is active, or nothing may be changed. */
  Optional<Operation> start(ManagedCluster cluster, Kind kind, Route route, Origin origin) {
    return isObserved(cluster)
        ? Optional.empty()
        : new StartOperation(ports).start(cluster.name(), kind, route, origin(cluster, origin));
  }

  /**
   * The same in the place of one that is active.
   *
   * @param ended the one that is active, with its end
   */
  Optional<Operation> inPlaceOf(
      Stored<Operation> ended, ManagedCluster cluster, Kind kind, Route route, Origin origin) {
    return isObserved(cluster)
        ? Optional.empty()
        : new StartOperation(ports).inPlaceOf(ended, kind, route, origin(cluster, origin));
  }

  private boolean isObserved(ManagedCluster cluster) {
    boolean observed = mode(cluster) == Mode.OBSERVE;
    if (observed) {
      ports.signals().count("start-declined", "observe-only");
    }
    return observed;
  }

  private Origin origin(ManagedCluster cluster, Origin origin) {
    return mode(cluster) == Mode.APPROVE ? origin.askingFirst() : origin;
  }

  private Mode mode(ManagedCluster cluster) {
    return conduct.mode().with(cluster.tags());
  }
}
