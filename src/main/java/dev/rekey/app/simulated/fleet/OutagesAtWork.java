package dev.rekey.app.simulated.fleet;

import dev.rekey.service.port.OutsideSystem;
import dev.rekey.simulation.fault.Fault;
import dev.rekey.simulation.fault.FaultSource;
import dev.rekey.simulation.fault.OutsideCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The outages that are going on: calls of the engine to what is away find nobody. */
final class OutagesAtWork implements FaultSource {
  private final List<Outage> planned;
  private final List<Outage> goingOn = new ArrayList<>();

  OutagesAtWork(List<Outage> planned) {
    this.planned = planned;
  }

  List<Outage> planned() {
    return planned;
  }

  void begin(Outage outage) {
    goingOn.add(outage);
  }

  void end(Outage outage) {
    goingOn.remove(outage);
  }

  @Override
  public Optional<Fault> at(OutsideCall call) {
    if (goingOn.isEmpty() || goingOn.stream().noneMatch(one -> isOf(one, call.system()))) {
      return Optional.empty();
    }
    return Optional.of(Fault.UNREACHABLE);
  }

  /** A vault that is away says so itself, to API servers too. */
  private static boolean isOf(Outage outage, OutsideSystem system) {
    return switch (outage.away()) {
      case ARM -> system == OutsideSystem.ARM;
      case STORAGE -> system == OutsideSystem.STORAGE;
      case VAULT, API_SERVERS, EVENT_GRID -> false;
    };
  }

  /** Whether nobody reaches the API servers of a cluster, though they may run. */
  boolean areOutOfReach(int cluster) {
    return goingOn.stream()
        .anyMatch(
            one ->
                one.away() == Outage.Away.API_SERVERS
                    && !one.stopped()
                    && one.clusters().contains(cluster));
  }

  /** The outage of Event Grid that is going on; empty if there is none. */
  Optional<Outage> ofEventGrid() {
    return goingOn.stream().filter(one -> one.away() == Outage.Away.EVENT_GRID).findFirst();
  }
}
