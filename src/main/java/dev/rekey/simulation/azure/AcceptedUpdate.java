package dev.rekey.simulation.azure;

import dev.rekey.operation.ClusterName;
import dev.rekey.operation.KmsSettings;

/** An update that ARM has accepted. */
public record AcceptedUpdate(ClusterName cluster, KmsSettings to) {}
