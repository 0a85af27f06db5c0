/** What a simulated Secret holds. */
@NullMarked
package dev.rekey.simulation.cluster.secret;

import org.jspecify.annotations.NullMarked;
