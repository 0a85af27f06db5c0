/**
 * The simulated etcd: stored values under their keys, revisions, watchers, and what a test may know
 * that no client can.
 */
@NullMarked
package dev.rekey.simulation.cluster.etcd;

import org.jspecify.annotations.NullMarked;
