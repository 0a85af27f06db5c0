package dev.rekey.service;

import dev.rekey.operation.ManagedCluster;
import dev.rekey.service.port.FoundClusters;
import dev.rekey.service.port.OutsideFault;
import java.util.List;

/**
 * Every cluster in scope that can be looked at. What can't be is said, and stops no other's work.
 */
final class LookAround {
  private final Ports ports;

  LookAround(Ports ports) {
    this.ports = ports;
  }

  /**
   * The clusters that were found.
   *
   * @throws OutsideFault if none was, and not because there are none
   */
  List<ManagedCluster> clusters() {
    return found().clusters();
  }

  /**
   * The same, with whether these are all.
   *
   * @throws OutsideFault if none was found, and not because there are none
   */
  FoundClusters found() {
    FoundClusters found = ports.clusters().find();
    for (OutsideFault fault : found.missing()) {
      ports.signals().tell("scope-not-looked-at", fault);
    }
    if (found.clusters().isEmpty()) {
      found.all();
    }
    return found;
  }
}
