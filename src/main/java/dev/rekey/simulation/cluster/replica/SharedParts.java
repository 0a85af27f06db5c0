package dev.rekey.simulation.cluster.replica;

import dev.rekey.simulation.cluster.admission.Admission;
import dev.rekey.simulation.cluster.etcd.SimulatedEtcd;
import dev.rekey.simulation.key.KeyOperations;
import dev.rekey.simulation.time.VirtualTime;

/** What all API servers of a cluster have in common. */
public record SharedParts(
    VirtualTime time,
    SimulatedEtcd etcd,
    KeyOperations keys,
    Admission admission,
    ListSnapshots snapshots,
    EventLog log) {}
