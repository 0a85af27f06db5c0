package dev.rekey.fleet;

import dev.rekey.operation.ClusterName;
import org.jspecify.annotations.Nullable;

/**
 * Something that keeps it from being told whether a key version is needed.
 *
 * @param cluster whose it is; null for clusters that could not be looked at
 * @param why for people
 */
public record Unsure(@Nullable ClusterName cluster, Uncertain cause, String why) {}
