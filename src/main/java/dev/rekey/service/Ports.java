package dev.rekey.service;

import dev.rekey.service.port.ClusterSurroundings;
import dev.rekey.service.port.Ids;
import dev.rekey.service.port.Kubernetes;
import dev.rekey.service.port.ManagedClusters;
import dev.rekey.service.port.Messages;
import dev.rekey.service.port.Records;
import dev.rekey.service.port.Signals;
import dev.rekey.service.port.Vault;
import java.time.InstantSource;

/** All that the use cases need from the outside; the composition fills it in once. */
public record Ports(
    ManagedClusters clusters,
    ClusterSurroundings surroundings,
    Vault vault,
    Kubernetes kubernetes,
    Records records,
    Messages messages,
    Signals signals,
    Ids ids,
    InstantSource time) {

  /** The same, with another way to the vaults. */
  Ports with(Vault other) {
    return new Ports(
        clusters, surroundings, other, kubernetes, records, messages, signals, ids, time);
  }
}
