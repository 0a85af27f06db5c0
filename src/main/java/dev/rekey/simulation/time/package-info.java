/** Time that moves only when it is told to, so that a run is fast and can be repeated exactly. */
@NullMarked
package dev.rekey.simulation.time;

import org.jspecify.annotations.NullMarked;
