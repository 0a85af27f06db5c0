/** One simulated API server: its process, its watch cache, its health, and what it answers. */
@NullMarked
package dev.rekey.simulation.cluster.replica;

import org.jspecify.annotations.NullMarked;
