package dev.rekey.app.functions;

import dev.rekey.app.SortableIds;
import dev.rekey.service.Ports;
import dev.rekey.service.port.ClusterSurroundings;
import dev.rekey.service.port.Ids;
import dev.rekey.service.port.Kubernetes;
import dev.rekey.service.port.ManagedClusters;
import dev.rekey.service.port.Messages;
import dev.rekey.service.port.PoisonQueues;
import dev.rekey.service.port.Records;
import dev.rekey.service.port.Signals;
import dev.rekey.service.port.Vault;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;

/** What all calls of a process share. Only where signals go differs from call to call. */
record Parts(
    ManagedClusters clusters,
    ClusterSurroundings surroundings,
    Vault vault,
    Kubernetes kubernetes,
    Records records,
    Messages messages,
    PoisonQueues poison,
    Ids ids,
    InstantSource time) {

  /** With the machine's clock and chance. */
  Parts(
      ManagedClusters clusters,
      ClusterSurroundings surroundings,
      Vault vault,
      Kubernetes kubernetes,
      Records records,
      Messages messages,
      PoisonQueues poison) {
    this(
        clusters,
        surroundings,
        vault,
        kubernetes,
        records,
        messages,
        poison,
        new SortableIds(Clock.systemUTC(), new SecureRandom()),
        Clock.systemUTC());
  }

  Ports ports(Signals signals) {
    return new Ports(
        clusters, surroundings, vault, kubernetes, records, messages, signals, ids, time);
  }
}
