package dev.rekey.service;

import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.reencryption.Scrape;
import dev.rekey.service.port.OutsideFault;

/**
 * Whether an API server in scope is seen to use a key version. Nothing is made of or changed in
 * other keys (promise K9): whoever can write a cluster's {@code keyId} must not gain power over a
 * vault.
 */
final class SeenToUse {
  private final Ports ports;

  SeenToUse(Ports ports) {
    this.ports = ports;
  }

  /** Whether one of the cluster's API servers reads with it now. */
  boolean by(ManagedCluster cluster, KeyId key) {
    try (Connection connection = new Connection(ports.kubernetes(), cluster.name())) {
      Scrape scrape = new ReadReplicas(ports.time()).read(connection.apiServers());
      return scrape.notReading(KeyIdHash.predict(key)).size() < scrape.live().size();
    } catch (OutsideFault fault) {
      ports.signals().tell("cluster-not-looked-at", fault);
      return false;
    }
  }
}
