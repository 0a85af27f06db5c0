package dev.rekey.simulation.azure;

import dev.rekey.key.KeyId;
import dev.rekey.operation.ClusterName;

/** An update that ARM has accepted. */
public record AcceptedUpdate(ClusterName cluster, KeyId to) {}
