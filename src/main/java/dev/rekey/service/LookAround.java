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
    FoundClusters found = ports.clusters().find();
    for (OutsideFault fault : found.missing()) {
      ports.signals().tell("scope-not-looked-at", fault);
    }
    return found.clusters().isEmpty() ? found.all() : found.clusters();
  }
}
