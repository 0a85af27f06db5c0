/**
 * The simulated API servers over real HTTP, in the wire formats of kube-apiserver 1.36.3: what runs
 * against this face runs against a cluster.
 */
@NullMarked
package dev.rekey.simulation.cluster.http;

import org.jspecify.annotations.NullMarked;
