package dev.rekey.reencryption;

import java.time.Instant;

/**
 * The identity lease of an API server.
 *
 * @param replica {@code sha256:} and the hexadecimal SHA-256 of the lease's name, as its metrics
 *     label it
 * @param renewedAt when the server last renewed it. The lease outlives its server by an hour, so
 *     only this tells who lives
 */
public record ReplicaLease(String replica, Instant renewedAt) {}
