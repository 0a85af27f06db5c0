package dev.rekey.fleet;

import dev.rekey.operation.ClusterName;

/**
 * That a cluster needs a key version.
 *
 * @param why for people
 */
public record Need(ClusterName cluster, Ground ground, String why) {}
