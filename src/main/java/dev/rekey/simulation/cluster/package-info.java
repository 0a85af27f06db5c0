/**
 * A simulated cluster: one etcd, some API servers with KMS v2 encryption, a load balancer before
 * them, other clients beside us. Single-threaded, in virtual time, and the same for the same seed.
 */
@NullMarked
package dev.rekey.simulation.cluster;

import org.jspecify.annotations.NullMarked;
